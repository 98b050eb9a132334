// Texts that come with the settings of a chat: the inbox has no need of them.
import { addTexts } from "../../../lib/language.tsx"

await addTexts({
  en: async () => (await import("#texts/en/settings/web-chat.ts")).webChat,
  es: async () => (await import("#texts/es/settings/web-chat.ts")).webChat,
})
