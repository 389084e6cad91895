import { SaxesParser } from 'saxes';
import { garbage } from './refusal.ts';

/** A name in its namespace, `{urn:ietf:params:xml:ns:xmpp-tls}proceed`. */
export type XmlName = string;

/** One happening of an XML stream (RFC 6120 section 4): it was opened, or a child of its root is complete. */
export type StreamEvent =
  | { readonly kind: 'open'; readonly name: XmlName; readonly version: string | undefined }
  | { readonly kind: 'element'; readonly name: XmlName; readonly children: readonly XmlName[] }
  | { readonly kind: 'close' };

/** Deeper nests are not ours to follow. */
const depthLimit = 16;

/**
 * A reader fed byte by byte, so that what follows an event is never read with it. Bytes are taken as latin1: every name
 * that matters is ASCII. Throws FailureError at anything that is no well-formed stream, and at what RFC 6120 section 11.1
 * forbids in one.
 */
export function createStreamReader(): (byte: number) => StreamEvent | undefined {
  let event: StreamEvent | undefined;
  let depth = 0;
  let name: XmlName = '';
  let children: XmlName[] = [];
  const fail = (why: string): never => {
    throw garbage('no XML stream', why);
  };
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => fail(error.message));
  parser.on('doctype', () => fail('a document type'));
  parser.on('comment', () => fail('a comment'));
  parser.on('processinginstruction', () => fail('a processing instruction'));
  parser.on('text', (text) => {
    if (depth <= 1 && text.trim() !== '') fail(text);
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    depth += 1;
    const own = `{${uri}}${local}`;
    if (depth > depthLimit) fail('too deep');
    if (depth === 1) event = { kind: 'open', name: own, version: attributes['version']?.value };
    else if (depth === 2) [name, children] = [own, []];
    else if (depth === 3) children.push(own);
  });
  parser.on('closetag', () => {
    depth -= 1;
    if (depth === 1) event = { kind: 'element', name, children };
    else if (depth === 0) event = { kind: 'close' };
  });
  return (byte) => {
    event = undefined;
    parser.write(String.fromCharCode(byte));
    return event;
  };
}
