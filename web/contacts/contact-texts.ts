// What contacts say comes with them: it is no part of the first inbox.
import { addTexts } from "../lib/language.tsx"

await addTexts({
  en: async () => (await import("#texts/en/contacts.ts")).contacts,
  es: async () => (await import("#texts/es/contacts.ts")).contacts,
})
