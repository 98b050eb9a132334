import { z } from "zod"

/** A secret of a linked system, as long as http.md allows. */
export const secretSetting = z
  .string()
  .min(8, "must have at least 8 characters")
  .max(500, "must be at most 500 characters")
