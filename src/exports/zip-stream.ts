import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';
import { AppError } from '../lib/errors.js';

const deflate = promisify<Buffer, object, Buffer>(deflateRaw);

interface Entry {
  name: Buffer;
  offset: number;
  crc: number;
  packed: number;
  bytes: number;
}

/** A last block with nothing in it. */
const LAST_BLOCK = Buffer.from([0x03, 0x00]);
const VERSION = 20;
/** Sizes stand behind the bytes, and names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** The first day that the format knows: the same content makes the same file. */
const DAY = 0x21;
const MOST = 0xffff_fffe;

/**
 * A ZIP archive (APPNOTE 6.3) that is written while its content is made: nothing of it is kept but the list of its files. Each method
 * gives the bytes that come next.
 */
export class ZipStream {
  private readonly entries: Entry[] = [];
  private at = 0;

  begin(name: string): Buffer {
    const entry = { name: Buffer.from(name), offset: this.at, crc: 0, packed: 0, bytes: 0 };
    this.entries.push(entry);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    this.describe(head, 4, { ...entry, crc: 0 });
    return this.passed(Buffer.concat([head, entry.name]));
  }

  async write(bytes: Buffer): Promise<Buffer> {
    const entry = this.open();
    const packed = await deflate(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    entry.crc = crc32(bytes, entry.crc);
    entry.bytes += bytes.length;
    entry.packed += packed.length;
    return this.passed(packed);
  }

  end(): Buffer {
    const entry = this.open();
    entry.packed += LAST_BLOCK.length;
    const tail = Buffer.alloc(16);
    tail.writeUInt32LE(0x08074b50, 0);
    this.sizes(tail, 4, entry);
    return this.passed(Buffer.concat([LAST_BLOCK, tail]));
  }

  close(): Buffer {
    const list = Buffer.concat(
      this.entries.map((entry) => {
        const head = Buffer.alloc(46);
        head.writeUInt32LE(0x02014b50, 0);
        head.writeUInt16LE(VERSION, 4);
        this.describe(head, 6, entry);
        head.writeUInt32LE(entry.offset, 42);
        return Buffer.concat([head, entry.name]);
      }),
    );
    const last = Buffer.alloc(22);
    last.writeUInt32LE(0x06054b50, 0);
    last.writeUInt16LE(this.entries.length, 8);
    last.writeUInt16LE(this.entries.length, 10);
    last.writeUInt32LE(list.length, 12);
    last.writeUInt32LE(this.at, 16);
    return Buffer.concat([list, last]);
  }

  private open(): Entry {
    const entry = this.entries.at(-1);
    if (!entry) throw new Error('a file of the archive must begin first');
    return entry;
  }

  private describe(head: Buffer, from: number, entry: Entry): void {
    head.writeUInt16LE(VERSION, from);
    head.writeUInt16LE(FLAGS, from + 2);
    head.writeUInt16LE(DEFLATED, from + 4);
    head.writeUInt16LE(DAY, from + 8);
    this.sizes(head, from + 10, entry);
    head.writeUInt16LE(entry.name.length, from + 22);
  }

  private sizes(into: Buffer, from: number, { crc, packed, bytes }: Entry): void {
    into.writeUInt32LE(crc, from);
    into.writeUInt32LE(packed, from + 4);
    into.writeUInt32LE(bytes, from + 8);
  }

  private passed(bytes: Buffer): Buffer {
    this.at += bytes.length;
    if (this.at > MOST || (this.entries.at(-1)?.bytes ?? 0) > MOST)
      throw new AppError(
        'export_too_large',
        422,
        'A file of this archive would be over 4 GB: use `export <program>`, which writes lines.',
      );
    return bytes;
  }
}
