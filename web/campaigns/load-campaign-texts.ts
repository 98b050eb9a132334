// The texts of campaigns come with their screens: the inbox has no need of them.
import { addTexts } from "../lib/language.tsx"

await addTexts({
  en: async () => (await import("#texts/en/campaigns.ts")).campaigns,
  es: async () => (await import("#texts/es/campaigns.ts")).campaigns,
})
