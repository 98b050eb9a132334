// Texts that come with the set-up of a mailbox: the inbox has no need of them.
import { addTexts } from "../../../lib/language.tsx"

await Promise.all([
  addTexts({
    en: async () => (await import("#texts/en/settings/mailbox-setup.ts")).mailboxSetup,
    es: async () => (await import("#texts/es/settings/mailbox-setup.ts")).mailboxSetup,
  }),
  addTexts({
    en: async () => (await import("#texts/en/settings/mailboxes.ts")).mailboxes,
    es: async () => (await import("#texts/es/settings/mailboxes.ts")).mailboxes,
  }),
])
