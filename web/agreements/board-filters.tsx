import type { AgreementCounts, AgreementState } from "#agreements/api-contract.ts"
import { useTexts } from "../lib/language.tsx"
import { FilterGroup, FilterSelect } from "../ui/filter-group.tsx"
import { useAgreementTexts } from "./agreement-texts.ts"
import { statesOf, unsettledStates, type BoardFilter } from "./board-filter.ts"

interface Props {
  counts: AgreementCounts | undefined
  filter: BoardFilter
  onChoose: (next: BoardFilter) => void
  isNarrow: boolean
}

/** By state and by business, each with how many there are; of what is closed nobody counts them. */
export function BoardFilters({ counts, filter, onChoose, isNarrow }: Props) {
  const { t } = useTexts()
  const say = useAgreementTexts()
  const Group = isNarrow ? FilterSelect : FilterGroup
  const stateName = (id: StateChoice) => {
    if (id === "unsettled") return t("agreement.unsettled")
    // Among them are some that are not opened in Splynx yet.
    return t(id === "agreed_open" ? "agreement.allOpen" : `agreement.state.${id}`)
  }
  const businesses = counts && businessesOf(counts, filter)
  const total = (businesses ?? []).reduce((sum, { count }) => sum + (count ?? 0), 0)
  const { state: _state, ...withoutState } = filter
  const { company: _company, ...withoutBusiness } = filter
  return (
    <div className={isNarrow ? "grid grid-cols-2 gap-2" : "grid gap-5"}>
      <Group
        title={t("agreement.state")}
        choices={counts && statesIn(counts, filter).map((one) => ({ ...one, name: stateName(one.id) }))}
        chosen={filter.state ?? "unsettled"}
        onChoose={(id) => onChoose(id === "unsettled" ? withoutState : { ...filter, state: id as AgreementState })}
      />
      <Group
        title={t("agreement.business")}
        choices={businesses?.map((one) => ({ ...one, name: say.business(one.id) }))}
        chosen={filter.company}
        onChoose={(id) =>
          onChoose(id === undefined || id === filter.company ? withoutBusiness : { ...filter, company: id })
        }
        any={t("agreement.any", { count: total })}
      />
    </div>
  )
}

type StateChoice = AgreementState | "unsettled"
type ChoiceCount<Id> = { id: Id; count: number | null }

function statesIn({ groups }: AgreementCounts, { company }: BoardFilter): ChoiceCount<StateChoice>[] {
  const ofBusiness = groups.filter((group) => company === undefined || group.company === company)
  const countOf = (states: readonly AgreementState[]) =>
    ofBusiness.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0)
  const open = [...unsettledStates, "agreed_open"] as const
  return [
    { id: "unsettled", count: countOf(unsettledStates) },
    ...open.map((id) => ({ id, count: countOf([id]) })),
    { id: "agreed_closed", count: null },
  ]
}

/** What is chosen is there to be taken out, also when nothing of it is left. */
function businessesOf({ groups }: AgreementCounts, filter: BoardFilter): ChoiceCount<string>[] {
  const [states, isClosed] = [statesOf(filter), filter.state === "agreed_closed"]
  const byName = new Map(filter.company === undefined ? [] : [[filter.company, 0]])
  for (const { state, company, count } of groups)
    if (isClosed || states.includes(state)) byName.set(company, (byName.get(company) ?? 0) + count)
  return [...byName]
    .toSorted(([a, many], [b, few]) => few - many || a.localeCompare(b))
    .map(([id, count]) => ({ id, count: isClosed ? null : count }))
}
