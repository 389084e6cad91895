import { Type, type Static } from '@sinclair/typebox';
import { closed, list, text } from '../schema.ts';

/** An attribute as written, character references replaced; null when the tag has none of that name. */
const attribute = (max: number) => Type.Union([text(max), Type.Null()]);
/** A URL as written, not resolved; of a `data:` URL its first 64 characters, enough to tell its type. */
const reference = attribute(1024);

/** A `<meta http-equiv>` or one of the named ones that browsers obey. */
const metaSchema = Type.Object(
  {
    /** `http-equiv` or `name` in lower case: `content-security-policy`, `refresh`, `referrer`, `robots` ... */
    name: text(64),
    httpEquiv: Type.Boolean(),
    content: text(8192),
    /** It stands where the HTML parser still fills the head; a policy elsewhere is not obeyed. */
    inHead: Type.Boolean(),
    /** Scripts, style sheets and other loads written before it. */
    after: Type.Integer({ minimum: 0 }),
  },
  closed,
);

/** A `<script>`: with `src` one that is loaded, without one that is written into the page. */
export const scriptSchema = Type.Object(
  {
    src: reference,
    /** In lower case; null or blank: a classic script. */
    type: attribute(128),
    integrity: attribute(1024),
    crossOrigin: attribute(64),
    /** It carries a nonce; the nonce itself is not kept. */
    nonce: Type.Boolean(),
    async: Type.Boolean(),
    /** SHA-256 of the text between the tags in base64, as a policy would name it; null where there is `src`. */
    sha256: Type.Union([text(44), Type.Null()]),
    /** The first line of a comment at the beginning of the text, in which libraries tell their name and version. */
    banner: attribute(256),
  },
  closed,
);
export type PageScript = Static<typeof scriptSchema>;

/** A `<link>` that loads something or states something about the page. */
export const linkSchema = Type.Object(
  { rel: text(128), href: reference, as: attribute(64), integrity: attribute(1024), crossOrigin: attribute(64) },
  closed,
);
export type PageLink = Static<typeof linkSchema>;

const frameSchema = Type.Object({ src: reference, sandbox: attribute(512) }, closed);

/** Images, media, objects and embeds of one kind and one origin as written, by one of them. */
const mediaSchema = Type.Object(
  {
    /** Name of the element. */
    element: text(16),
    src: text(1024),
    count: Type.Integer({ minimum: 1 }),
  },
  closed,
);

/** A `<form>` and what it asks for; values of fields are not kept. */
export const formSchema = Type.Object(
  {
    /** Without its query and its `;jsessionid=`, which may hold a session. Null: it posts to the page's own URL. */
    action: reference,
    /** In lower case; `get` where none is stated. */
    method: text(16),
    passwordField: Type.Boolean(),
    /** `autocomplete` of the form. */
    autocomplete: attribute(64),
  },
  closed,
);
export type PageForm = Static<typeof formSchema>;

/**
 * What a page's HTML says, as written: nothing is rendered, resolved or run, and what stands in comments, `<noscript>` and
 * `<template>` is not part of it. A list whose `...Cut` is true had more than is kept: that something is missing from it
 * proves nothing. `cut` of the body says the same of the page as a whole.
 */
export const pageSchema = Type.Object(
  {
    /** SHA-256 of the bytes that were read, in hexadecimal. */
    sha256: text(64),
    /** `<html lang>`; null when not stated. */
    lang: attribute(64),
    /** Encoding that a `<meta>` states, as written; null when none does. */
    charset: attribute(64),
    /** The body began within what was read, so that all of the head was. */
    headClosed: Type.Boolean(),
    /** `href` of the first `<base>` that has one. */
    base: reference,
    metas: list(metaSchema, 30),
    metasCut: Type.Boolean(),
    scripts: list(scriptSchema, 200),
    scriptsCut: Type.Boolean(),
    links: list(linkSchema, 100),
    linksCut: Type.Boolean(),
    frames: list(frameSchema, 50),
    framesCut: Type.Boolean(),
    media: list(mediaSchema, 100),
    mediaCut: Type.Boolean(),
    forms: list(formSchema, 30),
    formsCut: Type.Boolean(),
    /** Attributes such as `onclick` that hold script. */
    eventHandlers: Type.Integer({ minimum: 0 }),
    /** `javascript:` URLs in links, forms and frames. */
    scriptUrls: Type.Integer({ minimum: 0 }),
    /** `<style>` elements and `style` attributes. */
    inlineStyles: Type.Integer({ minimum: 0 }),
  },
  closed,
);
export type PageFacts = Static<typeof pageSchema>;
