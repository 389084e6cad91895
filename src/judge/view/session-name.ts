/** `known-name`: a framework's own name for its session or login cookie; `pattern`: a name that says so. */
export const sessionLikenesses = ['known-name', 'pattern'] as const;
type SessionLikeness = (typeof sessionLikenesses)[number];

const prefix = /^__(host|secure)-/i;

/** Names that servers and frameworks give to session and login cookies by default. */
const known: readonly RegExp[] = [
  /^jsessionid(sso)?$/i, // Java servlet containers
  /^phpsessid$/i,
  /^asp\.net_sessionid$/i,
  /^aspsessionid[a-z]*$/i, // classic ASP
  /^\.aspx(form)?auth$/i,
  /^\.aspnet(core)?\.(session|cookies|applicationcookie|identity\.application)/i,
  /^\.?dotnetnuke$/i,
  /^connect\.sid$/i, // Express
  /^koa[:.]sess$/i,
  /^laravel_session$/i,
  /^ci_session$/i, // CodeIgniter
  /^sessionid$/i, // Django
  /^_[a-z0-9_]+_session$/i, // Rails
  /^play_session$/i,
  /^cf(id|token)$/i, // ColdFusion
  /^s?sess[0-9a-f]{32}$/i, // Drupal
  /^wordpress_(logged_in|sec)_/i,
  /^ltpatoken2?$/i, // IBM
  /^(auth_session_id|keycloak_identity)(_legacy)?$/i,
  /^remember[-_]me$/i, // Spring
  /^remember_web_/i, // Laravel
  /^fedauth$/i, // SharePoint
  /^roundcube_sess(id|auth)$/i,
  /^zm_auth_token$/i, // Zimbra
];

/** Words that make up a session's name; the whole name is made of one, perhaps behind an application's own prefix. */
const pattern =
  /^([a-z0-9]+[-_.])?(sid|session|session[-_.]?(id|token|key)|sess[-_.]?id|auth[-_.]?token|access[-_.]?token|refresh[-_.]?token|id[-_.]?token|jwt|login[-_.]?token)$/i;

/** Cookies of load balancers, filters, counters and forms whose names fit the pattern but that hold no login. */
const others =
  /^(keycloak_session|opbs|cookiesession1|visid|incap|nlbi|ts[0-9a-f]{6,}|bigip|aws(alb|elb)|_ga|_gid|_pk_|xsrf|csrf|guest)/i;

/** Says by its name whether a cookie holds a session or a login; names alone are known, so `pattern` may err. */
export function sessionLikeness(name: string): SessionLikeness | null {
  const bare = name.replace(prefix, '');
  if (others.test(bare)) return null;
  if (known.some((each) => each.test(bare))) return 'known-name';
  return pattern.test(bare) ? 'pattern' : null;
}
