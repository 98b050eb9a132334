// Texts that come with the set-up of a number: the inbox has no need of them.
import { addTexts } from "../../../lib/language.tsx"

await addTexts({
  en: async () => (await import("#texts/en/settings/whatsapp-connection.ts")).whatsappConnection,
  es: async () => (await import("#texts/es/settings/whatsapp-connection.ts")).whatsappConnection,
})
