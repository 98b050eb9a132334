/** A file that is larger than Hilo takes; the message says in what: "must have at most 100 columns". */
export class FileTooLarge extends Error {}
