/**
 * The value of an unquoted scalar by the core schema (YAML 1.2.2, section 10.3.2): null, truth values, whole numbers in
 * three bases, floats; any other is text. Days, `yes` and `1_000` are text.
 */
export function plainScalar(text: string): unknown {
  return mayBeSpecial.test(text) ? special(text) : text;
}

/** Most scalars begin as no number and no word of the schema does. */
const mayBeSpecial = /^(?:$|~$|[-+]?\.?\d|[-+]?\.[iInN]|[nN][uU]|[tT][rR]|[fF][aA])/;

const words = new Map<string, unknown>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);

function special(text: string): unknown {
  if (words.has(text)) return words.get(text);
  if (/^0o[0-7]+$/.test(text) || /^0x[0-9a-fA-F]+$/.test(text)) return Number(text);
  return /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : text;
}
