/** Each tag once, as it was first written, without the white space around it. */
export const distinctTags = (tags: string[]) => [...new Set(tags.map((tag) => tag.trim()))]
