import type { PageForm } from '../../model/facts/page.ts';
import { referenceOf, wordOf } from './html-attributes.ts';
import type { Tag } from './html-tags.ts';

/** Collects forms as their tags come by: which field belongs to which, and other places that a button sends one to. */
export type FormReader = {
  readonly read: (tag: Tag) => void;
  readonly forms: () => { readonly forms: PageForm[]; readonly formsCut: boolean };
};

const maxForms = 30;

export function formReader(): FormReader {
  const forms: PageForm[] = [];
  let formsCut = false;
  /** The open form, and copies of it for each `formaction`; empty outside forms. */
  let open: PageForm[] = [];

  function add(form: PageForm): void {
    if (forms.length === maxForms) {
      formsCut = true;
      // It still stands for its fields, so that another form inside it is seen to be none.
      if (open.length === 0) open.push(form);
      return;
    }
    open.push(form);
    forms.push(form);
  }

  function read(tag: Tag): void {
    if (tag.name === 'form') {
      // A form inside a form is none (HTML §13.2.6.4.7).
      if (tag.closes) open = [];
      else if (open.length === 0) add(formOf(tag));
      return;
    }
    const [owner] = open;
    if (tag.closes || owner === undefined) return;
    if (tag.name === 'input' && wordOf(tag, 'type', 64) === 'password') {
      for (const form of open) form.passwordField = true;
    }
    const goesTo = tag.name === 'button' || tag.name === 'input' ? actionOf(tag, 'formaction') : null;
    if (goesTo !== null && !open.some(({ action }) => action === goesTo)) add({ ...owner, action: goesTo });
  }

  return { read, forms: () => ({ forms, formsCut }) };
}

function formOf(tag: Tag): PageForm {
  return {
    action: actionOf(tag, 'action'),
    method: (wordOf(tag, 'method', 16) ?? '') || 'get',
    passwordField: false,
    autocomplete: wordOf(tag, 'autocomplete', 64),
  };
}

/** A blank action is the page's own URL, as none is. */
function actionOf(tag: Tag, name: string): string | null {
  const action = referenceOf(tag, name)?.replace(/[?#].*$/s, '') ?? '';
  return action === '' ? null : action;
}
