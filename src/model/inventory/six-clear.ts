/** Six "rõ" in the words of the province; a blank one is a defect that is shown. */
export const sixClear = ['person', 'work', 'time', 'responsibility', 'product', 'authority'] as const;
