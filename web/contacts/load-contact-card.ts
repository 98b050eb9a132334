// The code and the texts of the card come with the first that is shown.
export const contactCard = async () => (await import("./pages-in-one-chunk.ts")).ContactCard
