/**
 * A text as it must be handed to write-excel-file to be read back as it is. `_x` and four digits would be read as an escaped
 * character (ECMA-376 part 1, 22.9.2.19), so its underscore is escaped; and the library looks texts up in a plain object, where it would
 * find what every object has (`valueOf`).
 */
export function cellText(value: string): string {
  const escaped = value.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  return escaped in {} ? `_x${hexOf(escaped)}_${escaped.slice(1)}` : escaped;
}

const hexOf = (text: string) => text.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
