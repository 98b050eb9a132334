import { useQuery } from "@tanstack/react-query"
import { X } from "lucide-react"
import { useState, type FormEvent } from "react"
import { useTexts } from "../../../lib/language.tsx"
import { useFieldError } from "../../../lib/problem-text.ts"
import { Button } from "../../../ui/button.tsx"
import { InputField } from "../../../ui/form-fields.tsx"
import { NotLoaded, Skeleton } from "../../../ui/loading-empty-and-error.tsx"
import { ProblemLine } from "../../../ui/problem-line.tsx"
import { SectionHeading } from "../../details/definition-list.tsx"
import { type Follower, followersQuery, useFollowers } from "./mail-mutations.ts"

/** Who gets the answers besides the requester. */
export function FollowersSection({ ticketNumber }: { ticketNumber: string }) {
  const { t } = useTexts()
  const query = useQuery(followersQuery(ticketNumber))
  return (
    <section aria-label={t("mail.followers")}>
      <SectionHeading>{t("mail.followers")}</SectionHeading>
      {!query.data && (
        <NotLoaded query={query}>
          <Skeleton className="h-8" />
        </NotLoaded>
      )}
      {query.data && (
        <p className="mb-1 text-sm text-muted">
          {t(query.data.items.length > 0 ? "mail.followersText" : "mail.noFollowers")}
        </p>
      )}
      <ul>
        {query.data?.items.map((one) => (
          <OneFollower key={one.id} follower={one} ticketNumber={ticketNumber} />
        ))}
      </ul>
      <AddFollower ticketNumber={ticketNumber} />
    </section>
  )
}

function OneFollower({ follower: { id, name, address }, ticketNumber }: { follower: Follower; ticketNumber: string }) {
  const { t } = useTexts()
  const { drop } = useFollowers(ticketNumber)
  const label = t("mail.remove", { address })
  return (
    <li className="flex items-center gap-2 text-sm">
      <span dir="auto" className="min-w-0 grow [overflow-wrap:anywhere]">
        {name && <span className="block">{name}</span>}
        <span className={name ? "text-muted" : ""}>{address}</span>
      </span>
      <Button
        look="quiet"
        size="icon"
        aria-label={label}
        title={label}
        disabled={drop.isPending}
        onClick={() => drop.mutate(id)}
      >
        <X />
      </Button>
    </li>
  )
}

function AddFollower({ ticketNumber }: { ticketNumber: string }) {
  const { t } = useTexts()
  const { add } = useFollowers(ticketNumber, "in the form")
  const fieldError = useFieldError(add.error)
  const [address, setAddress] = useState("")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate({ name: "", address: address.trim() }, { onSuccess: () => setAddress("") })
  }
  return (
    <form onSubmit={submit} className="mt-1 grid gap-1">
      <InputField
        label={t("mail.followerAddress")}
        type="email"
        required
        maxLength={254}
        autoComplete="off"
        error={fieldError("address")}
        value={address}
        onChange={({ target }) => setAddress(target.value)}
      />
      {!fieldError("address") && <ProblemLine error={add.error} className="text-sm" />}
      <div>
        <Button type="submit" size="sm" disabled={add.isPending}>
          {t("mail.addFollower")}
        </Button>
      </div>
    </form>
  )
}
