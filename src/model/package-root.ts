/** The folder that holds `checks/`, `templates/` and `inventory/`; the same from `src/` and from `dist/`. */
export const packageRoot = new URL('../../', import.meta.url);
