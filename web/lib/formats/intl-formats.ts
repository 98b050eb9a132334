// Formats of dates and numbers, and names of countries. To make one takes a hundred times as long as to use it, and each row of a list uses several.
import { memoizeByArguments } from "../memoize-by-arguments.ts"

export const dateFormat = memoizeByArguments(
  (locale: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
)

export const numberFormat = memoizeByArguments(
  (locale: string, options: Intl.NumberFormatOptions = {}) => new Intl.NumberFormat(locale, options),
)

export const regionNames = memoizeByArguments((locale: string) => new Intl.DisplayNames([locale], { type: "region" }))
