/** Forms that programs read, by the word of the command line. */
export const exportFormats = ['json', 'csv', 'xlsx', 'sarif', 'oscal', 'junit', 'prometheus'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What a table of comma-separated values can be of. */
export const csvTables = ['findings', 'systems', 'obligations', 'targets'] as const;
export type CsvTable = (typeof csvTables)[number];
