/** The parts of a CPE 2.3 name that we read (NISTIR 7695, 6.2), unescaped; `*` is any, `-` is none. */
export type Cpe = {
  readonly part: string;
  readonly vendor: string;
  readonly product: string;
  readonly version: string;
  readonly update: string;
  readonly edition: string;
  readonly softwareEdition: string;
  readonly targetSoftware: string;
};

/** Reads `cpe:2.3:a:vendor:product:version:update:...`; undefined for anything else. Total over any text. */
export function parseCpe(text: string): Cpe | undefined {
  if (text.length > 2000 || !text.startsWith('cpe:2.3:')) return undefined;
  const fields = fieldsOf(text.slice('cpe:2.3:'.length));
  const [part = '', vendor = '', product = '', version = '*', update = '*', edition = '*', , soft = '*', target = '*'] =
    fields;
  if (!/^[aoh]$/.test(part) || vendor === '' || product === '') return undefined;
  return { part, vendor, product, version, update, edition, softwareEdition: soft, targetSoftware: target };
}

/** Splits at colons that no backslash stands before, and takes the backslashes away. */
function fieldsOf(text: string): readonly string[] {
  if (!text.includes('\\')) return text.toLowerCase().split(':');
  return (text.match(/(?:\\.|[^:\\])+|(?<=^|:)(?=:|$)/gs) ?? []).map((field) =>
    field.replace(/\\(.)/gs, '$1').toLowerCase(),
  );
}
