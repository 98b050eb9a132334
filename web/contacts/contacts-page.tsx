import { useInfiniteQuery } from "@tanstack/react-query"
import { Link, useNavigate, useRouter, useSearch } from "@tanstack/react-router"
import { Plus } from "lucide-react"
import { useEffect, useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { useShortcuts } from "../lib/keyboard-shortcuts.ts"
import { Avatar } from "../ui/avatar.tsx"
import { Badge } from "../ui/badge.tsx"
import { Button } from "../ui/button.tsx"
import { InputField } from "../ui/form-fields.tsx"
import { EmptyState, NotLoaded, Skeleton } from "../ui/loading-empty-and-error.tsx"
import { MoreButton } from "../ui/more-button.tsx"
import { useDebounced } from "../ui/use-debounced.ts"
import { contactsQuery } from "./contact-list-query.ts"
import type { Contact } from "./contact-query.ts"
import { useNameOfContact } from "./name-of-contact.ts"
import { NewContactDialog } from "./new-contact-dialog.tsx"

/** Everybody whom one may see; who is looked for stands in the address. */
export function ContactsPage() {
  const { t } = useTexts()
  const { q = "" } = useSearch({ strict: false })
  const query = useInfiniteQuery(contactsQuery(q))
  const [isAdding, setAdding] = useState(false)
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <header className="mb-4 flex flex-wrap items-center gap-3">
        <h1 className="grow text-xl font-strong">{t("nav.contacts")}</h1>
        <Button look="primary" onClick={() => setAdding(true)}>
          <Plus aria-hidden />
          {t("contact.new")}
        </Button>
      </header>
      <SearchContacts q={q} />
      {query.data ? <Found q={q} items={items} total={query.data.pages[0]!} /> : <Waiting query={query} />}
      <MoreButton query={query} />
      {isAdding && <NewContactDialog onClose={() => setAdding(false)} />}
    </>
  )
}

const Waiting = ({ query }: { query: Parameters<typeof NotLoaded>[0]["query"] }) => (
  <NotLoaded query={query}>
    <div className="mt-4 grid gap-px">
      <Skeleton className="h-14" />
      <Skeleton className="h-14" />
      <Skeleton className="h-14" />
    </div>
  </NotLoaded>
)

function SearchContacts({ q }: { q: string }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const router = useRouter()
  const [box, setBox] = useState<HTMLInputElement | null>(null)
  const [text, setText] = useState(q)
  const asked = useDebounced(text.trim())
  useEffect(() => {
    // Who has followed a link meanwhile, whose page is still being fetched, is not brought back.
    if (router.latestLocation.pathname !== "/contacts") return
    void navigate({ to: "/contacts", search: asked ? { q: asked } : {}, replace: true })
  }, [asked, navigate, router])
  useShortcuts({ "/": () => box?.focus() })
  return (
    <form role="search" onSubmit={(event) => event.preventDefault()}>
      <InputField
        ref={setBox}
        type="search"
        label={t("contact.find")}
        placeholder={t("newTicket.contactHint")}
        autoComplete="off"
        maxLength={200}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
    </form>
  )
}

interface FoundProps {
  q: string
  items: Contact[]
  total: { total: number; totalIsCapped: boolean }
}

function Found({ q, items, total: { total, totalIsCapped } }: FoundProps) {
  const { t } = useTexts()
  if (items.length === 0)
    return q ? (
      <EmptyState title={t("contact.noneFound")} text={t("contact.noneFoundText")} />
    ) : (
      <EmptyState title={t("contact.none")} text={t("contact.noneText")} />
    )
  return (
    <>
      <p role="status" className="mt-3 mb-2 text-sm text-muted tabular-nums">
        {t("contact.count", { count: total, capped: totalIsCapped ? "yes" : "no" })}
      </p>
      <ul aria-label={t("nav.contacts")} className="rounded border border-line">
        {items.map((contact) => (
          <li key={contact.id} className="border-line not-last:border-b">
            <Row contact={contact} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Row({ contact }: { contact: Contact }) {
  const { t } = useTexts()
  const name = useNameOfContact()(contact)
  const addresses = contact.identities.filter(({ kind }) => kind === "phone" || kind === "email")
  return (
    <Link
      to="/contacts/$id"
      params={{ id: contact.id }}
      className="flex min-h-14 items-center gap-3 px-3 py-2 hover:bg-hover"
    >
      <Avatar name={name} group={contact.isGroup} />
      <span className="min-w-0 grow">
        <span dir="auto" className="block truncate font-strong">
          {name}
        </span>
        <span className="block truncate text-sm text-muted">{addresses.map(({ value }) => value).join(" · ")}</span>
      </span>
      {contact.tier && <Badge>{contact.tier}</Badge>}
      {contact.blocked && <Badge tone="red">{t("details.blocked")}</Badge>}
    </Link>
  )
}
