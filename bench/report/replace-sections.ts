const sectionsOf = (page: string) => page.split(/^(?=## )/m)
const headingOf = (section: string) => (section.startsWith("## ") ? section.slice(0, section.indexOf("\n")) : "")

/** The `page` with each section that `newer` has too, by its heading, as it is there; what only `newer` has comes last. */
export function replaceSections(page: string, newer: string): string {
  const measured = new Map(sectionsOf(newer).map((section) => [headingOf(section), section]))
  const kept = sectionsOf(page).map((section) => {
    const heading = headingOf(section)
    const replaced = measured.get(heading) ?? section
    measured.delete(heading)
    return replaced
  })
  const all = [...kept, ...measured.values()].map((section) => section.trimEnd())
  return `${all.join("\n\n")}\n`
}
