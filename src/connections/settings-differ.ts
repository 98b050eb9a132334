import { isDeepStrictEqual } from "node:util"

/** Is any of these settings another one after than before? */
export const settingsDiffer = (
  names: readonly string[],
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): boolean => names.some((name) => !isDeepStrictEqual(before[name], after[name]))
