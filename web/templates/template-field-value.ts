type NamedTemplate = { name: string; language: string }

/** How a field holds a template; its name has no blanks. */
export const templateValue = ({ name, language }: NamedTemplate) => `${name} ${language}`
export function templateOf(value: string): NamedTemplate | null {
  const [name, language] = value.split(" ")
  return name && language ? { name, language } : null
}
