/** The server asks the same of an address; a doubtful one is simply not sent along. */
export function looksLikeEmail(text: string): boolean {
  return /^[A-Za-z0-9_'+.-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}$/.test(text)
}
