/** The three grades of state secrets as documents are stamped with them, letters run together where they are spaced out. */
const stamps: ReadonlyMap<string, string> = new Map([
  ['MẬT', 'mật'],
  ['TỐI MẬT', 'tối mật'],
  ['TỐIMẬT', 'tối mật'],
  ['TUYỆT MẬT', 'tuyệt mật'],
  ['TUYỆTMẬT', 'tuyệt mật'],
]);
const grades: ReadonlySet<string> = new Set(stamps.values());

/** Syllables that make another word of a `MẬT` on the next line or the line before: BẢO / MẬT, MẬT / KHẨU. */
const before = /(?:^|\s)(?:BẢO|BÍ|CƠ)$/i;
const after = /^(?:KHẨU(?:\s.*)?|MÃ|ONG|VỤ|ĐỘ|THƯ|THÁM|NGHỊ|HIỆU|ƯỚC|THIẾT|BÁO|DANH|TỊCH|LỆNH|MÍA)$/i;

const label = /^(?:mức )?độ mật ?:?$/;
const labelled = /^(?:mức )?độ mật ?[:–-] ?(mật|tối mật|tuyệt mật)$/;

/** Frames, bullets and quotes around a stamp. */
const frame = /^[\s[\](){}|*_=#~.:;,"'“”«»<>•–—-]+|[\s[\](){}|*_=#~.:;,"'“”«»<>•–—-]+$/g;

/** Longest line that can be a stamp or its label. */
const longest = 64;

/**
 * Whether a text bears a state-secrecy mark: a line that is nothing but a grade in capitals (MẬT, TỐI MẬT, TUYỆT MẬT),
 * or `Độ mật: Tối mật`. Words of the language (bảo mật, mật khẩu, bí mật), sentences and lists of all grades bear none.
 * `lines` in the order read; composed or decomposed letters alike.
 */
export function bearsMark(lines: Iterable<string>): boolean {
  const found = new Set<string>();
  /** The last line that was not blank, as it came: few are ever looked at. */
  let previous = '';
  let pending: string | undefined;
  for (const line of lines) {
    if (isBlank(line)) continue;
    if (pending !== undefined && !(pending === 'mật' && after.test(clean(line)))) found.add(pending);
    pending = mayBeGrade(line) ? gradeOf(clean(line), clean(previous)) : undefined;
    previous = line;
  }
  if (pending !== undefined) found.add(pending);
  // A text that shows several grades explains them, or lets one choose.
  return found.size === 1;
}

const isBlank = (line: string) => !/[^\s\u00ad\u200b-\u200f\u2060\ufeff]/.test(line);

/** Short enough, and with the letter that every grade has, composed or not. */
const mayBeGrade = (line: string) => line.length <= longest * 8 && /[ẬậẠạ\u0323]/.test(line);

function gradeOf(line: string, previous: string): string | undefined {
  if (line.length > longest) return undefined;
  const small = line.toLowerCase();
  const told = labelled.exec(small)?.[1];
  if (told !== undefined) return told;
  if (label.test(previous.toLowerCase()) && grades.has(small)) return small;
  const stamp = stamps.get(joinSpaced(line));
  return stamp === 'mật' && before.test(previous) ? undefined : stamp;
}

function clean(raw: string): string {
  return raw
    .slice(0, longest * 8)
    .normalize('NFC')
    .replace(/[\s\u00ad\u200b-\u200f\u2060\ufeff]+/g, ' ')
    .replace(frame, '')
    .slice(0, longest * 2);
}

/** `T U Y Ệ T M Ậ T` -> `TUYỆTMẬT`. */
function joinSpaced(line: string): string {
  return /^\p{L}(?: \p{L}){2,}$/u.test(line) ? line.replaceAll(' ', '') : line;
}
