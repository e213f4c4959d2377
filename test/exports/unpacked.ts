import { crc32, inflateRawSync } from 'node:zlib';
import { expect } from '@jest/globals';

/** The files of an archive, by its list at the end, each with the checksum that is written there. */
export function unpacked(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = zip.length - 22;
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [crc, packed, bytes, length] = [
      zip.readUInt32LE(at + 16),
      zip.readUInt32LE(at + 20),
      zip.readUInt32LE(at + 24),
      zip.readUInt16LE(at + 28),
    ];
    const name = zip.toString('utf8', at + 46, at + 46 + length);
    const from = zip.readUInt32LE(at + 42) + 30 + length;
    const text = inflateRawSync(zip.subarray(from, from + packed));
    expect([name, text.length, crc32(text)]).toEqual([name, bytes, crc]);
    files.set(name, text.toString('utf8'));
    at += 46 + length;
  }
  return files;
}
