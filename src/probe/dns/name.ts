/** A name as it is compared: lower case, no dot at the end; the root is `.`. */
export function canonicalName(name: string): string {
  const bare = name.endsWith('.') ? name.slice(0, -1) : name;
  return bare === '' ? '.' : bare.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The labels of a name, none for the root. */
export function labelsOf(name: string): readonly string[] {
  return name === '.' ? [] : name.split('.');
}

/** The name one label up; undefined for the root. */
export function parentOf(name: string): string | undefined {
  const [first, ...rest] = labelsOf(name);
  if (first === undefined) return undefined;
  return rest.length === 0 ? '.' : rest.join('.');
}

/** Whether a name is another or lies below it. */
export function isWithin(name: string, zone: string): boolean {
  return zone === '.' || name === zone || name.endsWith(`.${zone}`);
}

/** A name in wire form, lower case, uncompressed (RFC 4034, 6.2). Undefined for what does not fit (RFC 1035, 2.3.4). */
export function nameToWire(name: string): Buffer | undefined {
  const labels = labelsOf(canonicalName(name)).map((label) => Buffer.from(label, 'utf8'));
  if (labels.some(({ length }) => length === 0 || length > 63)) return undefined;
  const wire = Buffer.concat([...labels.flatMap((label) => [Buffer.from([label.length]), label]), Buffer.from([0])]);
  return wire.length > 255 ? undefined : wire;
}

/** Canonical order of names (RFC 4034, 6.1): by label from the right, each by its bytes. Negative where `a` comes first. */
export function compareNames(a: string, b: string): number {
  const [left, right] = [a, b].map((name) =>
    labelsOf(name)
      .map((label) => Buffer.from(label, 'utf8'))
      .reverse(),
  );
  for (let index = 0; ; index += 1) {
    const [one, other] = [left?.[index], right?.[index]];
    if (one === undefined || other === undefined) return (one === undefined ? 0 : 1) - (other === undefined ? 0 : 1);
    const order = Buffer.compare(one, other);
    if (order !== 0) return order;
  }
}
