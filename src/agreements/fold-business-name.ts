/** The name of a business as systems repeat it, however it was typed: in one case, with single blanks. */
export const foldBusinessName = (name: string): string =>
  name.normalize("NFKC").trim().replaceAll(/\s+/g, " ").toLowerCase().slice(0, 200).toWellFormed()
