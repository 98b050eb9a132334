// Styles of a mail that may stay: how words, lines and tables look. Nothing that loads, moves, covers or hides.

const properties = new Set(
  `background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width border-collapse border-color
   border-left border-left-color border-left-style border-left-width border-radius border-right border-right-color border-right-style
   border-right-width border-spacing border-style border-top border-top-color border-top-style border-top-width border-width color
   direction font-family font-size font-style font-variant font-weight height letter-spacing line-height list-style-type margin
   margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width padding padding-bottom padding-left
   padding-right padding-top text-align text-decoration text-indent text-transform unicode-bidi vertical-align white-space width
   word-break word-spacing word-wrap`.split(/\s+/),
)
const longestStyle = 2_000
// Words, numbers and colours. A bracket opens only a colour, a backslash (CSS writes `url` with it, too) stands in none.
const harmless = /^[\w\s#%.,'"!+-]*(?:(?:rgb|hsl)a?\([\d\s.,%/]{1,60}\)[\w\s#%.,'"!+-]*){0,4}$/i
// They would pull a part over its neighbours, or out of sight.
const negative = /^-|\s-/

/** Declarations of a `style` attribute that may stay; empty when none does. */
export function safeStyle(style: string): string {
  if (style.length > longestStyle) return ""
  const kept = style.split(";").flatMap((declaration) => {
    const colon = declaration.indexOf(":")
    const given = declaration.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    const value = declaration.slice(colon + 1).trim()
    const property = given === "background" && isColour(value) ? "background-color" : given
    if (!properties.has(property) || !harmless.test(value)) return []
    if (/^(margin|text-indent|letter-spacing|word-spacing)/.test(property) && negative.test(value)) return []
    return [`${property}:${value}`]
  })
  return kept.join(";")
}

const isColour = (value: string) => /^(?:#[\da-f]{3,8}|[a-z]{3,20}|(?:rgb|hsl)a?\([\d\s.,%/]{1,60}\))$/i.test(value)
