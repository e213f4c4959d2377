import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const text = (bytes: Buffer): string => bytes.toString('base64url');

export interface DeviceWish {
  challenge: string;
  origin?: string;
  host?: string;
  type?: string;
  /** 5 = somebody is there and was checked. */
  flags?: number;
}

/** What a phone does for WebAuthn: a key of its own, and signatures that count. */
export function aDevice(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credential = randomBytes(16);
  let counter = 0;
  const said = ({ challenge, origin: at = origin, type = '' }: DeviceWish) =>
    Buffer.from(JSON.stringify({ type, challenge: text(Buffer.from(challenge)), origin: at, crossOrigin: false }));
  const data = ({ host = new URL(origin).hostname, flags = 5 }: DeviceWish, more = Buffer.alloc(0)) => {
    const head = Buffer.alloc(5);
    head[0] = flags;
    head.writeUInt32BE(++counter, 1);
    return Buffer.concat([createHash('sha256').update(host).digest(), head, more]);
  };
  return {
    /** As it was copied before it signed again. */
    countBack: (to: number) => void (counter = to),
    make(wish: DeviceWish) {
      const named = Buffer.concat([Buffer.alloc(16), Buffer.from([0, credential.length]), credential]);
      return {
        ...{
          name: 'My phone',
          credential: text(credential),
          clientData: text(said({ type: 'webauthn.create', ...wish })),
        },
        deviceData: text(data({ flags: 0x45, ...wish }, named)),
        publicKey: text(publicKey.export({ type: 'spki', format: 'der' })),
      };
    },
    sign(handle: string, wish: DeviceWish) {
      const clientData = said({ type: 'webauthn.get', ...wish });
      const deviceData = data(wish);
      const signed = Buffer.concat([deviceData, createHash('sha256').update(clientData).digest()]);
      return {
        ...{ credential: text(credential), handle, clientData: text(clientData), deviceData: text(deviceData) },
        signature: text(sign('sha256', signed, privateKey)),
      };
    },
  };
}
