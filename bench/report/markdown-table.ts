// How figures stand in the page.

export const percent = (share: number) => `${(share * 100).toFixed(0)} %`
/** Nothing for what is not a number. */
export const round = (value: number) => (Number.isNaN(value) ? "" : value.toFixed(0))

export function table(head: (string | number)[], rows: (string | number)[][]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")
}
