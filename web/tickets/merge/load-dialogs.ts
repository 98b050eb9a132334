// The code of these dialogs comes when one is opened.
export const mergeDialog = async () => (await import("./link-and-merge-dialogs.ts")).MergeDialog
export const linkDialog = async () => (await import("./link-and-merge-dialogs.ts")).LinkDialog
