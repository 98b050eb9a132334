// What players and recorders say comes with them: it is no part of the first inbox.
import { addTexts } from "../../lib/language.tsx"

await addTexts({
  en: async () => (await import("#texts/en/ticket/sound.ts")).sound,
  es: async () => (await import("#texts/es/ticket/sound.ts")).sound,
})
