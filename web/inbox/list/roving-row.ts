// The list is one stop of the Tab key: which row has it, and where the arrows lead from there. Pure.

/** The row that had the focus last, and where it stood. */
export interface FocusedRow {
  id: string
  at: number
}

export interface RowsInSight {
  first: number
  /** The indexes of the rows that are drawn, which begin before the first in sight. */
  drawn: readonly number[]
}

/** The index of the row to which Tab leads: the one that had the focus or what took its place, else the open one, else the first in sight. */
export function tabStop(
  rows: readonly { id: string }[],
  focused: FocusedRow | undefined,
  open: number,
  { first, drawn }: RowsInSight,
): number {
  const stays = focused ? rows.findIndex(({ id }) => id === focused.id) : open
  const at = focused && stays < 0 ? Math.min(focused.at, rows.length - 1) : stays
  return drawn.includes(at) ? at : first
}

/** The index to which a key leads; undefined when the key is none of the list's, or leads out of it. */
export function rowAfterKey(key: string, at: number, count: number): number | undefined {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[key]
  return to === undefined || to < 0 || to >= count ? undefined : to
}
