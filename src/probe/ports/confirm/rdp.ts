/** Security layers by their bit in a connection request ([MS-RDPBCGR] 2.2.1.1.1). */
export const rdpLayers = { standard: 0, tls: 1 } as const;

/** An X.224 connection request that asks for one security layer alone. */
export function rdpRequest(layer: number): Buffer {
  const request = Buffer.from('030000130ee000000000000100080000000000', 'hex');
  request.writeUInt32LE(layer, 15);
  return request;
}

const negotiationResponse = 2;
const negotiationFailure = 3;

/**
 * Whether the layer asked for was accepted: a response naming it, or for RDP's own encryption a confirm without any word
 * of negotiation, as servers from before TLS send it ([MS-RDPBCGR] 2.2.1.2). Total over any bytes.
 */
export function parseRdp(bytes: Buffer, layer: number): boolean | 'more' | undefined {
  if (bytes.length < 4) return 'more';
  if (bytes[0] !== 3) return undefined;
  const length = bytes.readUInt16BE(2);
  if (length < 11 || length > 512) return undefined;
  if (bytes.length < length) return 'more';
  if (((bytes[5] ?? 0) & 0xf0) !== 0xd0) return undefined;
  if (length < 19) return layer === rdpLayers.standard;
  const type = bytes[11];
  if (type === negotiationFailure) return false;
  return type === negotiationResponse ? bytes.readUInt32LE(15) === layer : undefined;
}
