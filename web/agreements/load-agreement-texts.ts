// The texts of agreements come with their screens: the inbox has no need of them.
import { addTexts } from "../lib/language.tsx"

await addTexts({
  en: async () => (await import("#texts/en/agreements/agreement-screens.ts")).agreementScreens,
  es: async () => (await import("#texts/es/agreements/agreement-screens.ts")).agreementScreens,
})
