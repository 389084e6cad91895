/** Cấp độ 1-5. */
export const levels = [1, 2, 3, 4, 5] as const;
export type Level = (typeof levels)[number];

/** Column 6 of Mẫu 08, Decree 331/2026, plus `chua-lap` for a dossier not begun (printed blank there). */
export const dossierStates = ['chua-lap', 'dang-du-thao', 'da-gui-tham-dinh', 'da-tham-dinh', 'da-phe-duyet'] as const;
export type DossierState = (typeof dossierStates)[number];

/** The law a level was approved under: Decree 85/2016 or Decree 331/2026. */
export const regimes = ['nd-85-2016', 'nd-331-2026'] as const;
export type Regime = (typeof regimes)[number];
