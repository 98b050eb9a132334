import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  type ErrorComponentProps,
} from "@tanstack/react-router"
import { readBoardFilter as readAgreementsFilter } from "./agreements/board-filter.ts"
import { readReportPeriod } from "./agreements/report/report-period.ts"
import { readFilters, writeFilters, type FilterParameters } from "./inbox/filters/filters-in-url.ts"
import { sortOf, type Sort } from "./inbox/views/views-and-sorts.ts"
import { readBoardFilter } from "./incidents/board-filter.ts"
import type * as SettingsPages from "./settings/pages-in-one-chunk.ts"
import { NotFoundPage } from "./shell/not-found-page.tsx"
import { ErrorState } from "./ui/loading-empty-and-error.tsx"

interface InboxSearch extends FilterParameters {
  view?: string
  q?: string | undefined
  sort?: Sort
}

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : undefined)

function inboxSearch(search: Record<string, unknown>): InboxSearch {
  const view = text(search["view"])
  const q = text(search["q"])
  const sort = sortOf(search["sort"])
  return { ...writeFilters(readFilters(search)), ...(view && { view }), ...(q && { q }), ...(sort && { sort }) }
}

const ScreenBroke = ({ error, reset }: ErrorComponentProps) => <ErrorState error={error} retry={reset} />

const root = createRootRoute({ component: Outlet, errorComponent: ScreenBroke, notFoundComponent: NotFoundPage })

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  // Only a path of our own: an address elsewhere would make the sign-in a springboard.
  validateSearch: (search: Record<string, unknown>): { next?: string; expired?: true } => {
    const next = text(search["next"])
    const isExpired = search["expired"] === true
    return { ...(next && /^\/(?![/\\])/.test(next) && { next }), ...(isExpired && { expired: true }) }
  },
  component: lazyRouteComponent(() => import("./session/pages-in-one-chunk.ts"), "SignInPage"),
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("./session/pages-in-one-chunk.ts"), "SetUpPage"),
})

const choosePassword = createRoute({
  getParentRoute: () => root,
  path: "/password",
  component: lazyRouteComponent(() => import("./session/pages-in-one-chunk.ts"), "ChoosePasswordPage"),
})
const forgot = createRoute({
  getParentRoute: () => root,
  path: "/forgot",
  component: lazyRouteComponent(() => import("./session/pages-in-one-chunk.ts"), "ForgotPasswordPage"),
})

// Customers' own side.
const my = createRoute({
  getParentRoute: () => root,
  path: "/my",
  component: lazyRouteComponent(() => import("./customer-portal/pages-in-one-chunk.ts"), "PortalLayout"),
  errorComponent: ScreenBroke,
})
const myList = createRoute({
  getParentRoute: () => my,
  path: "/",
  component: lazyRouteComponent(() => import("./customer-portal/pages-in-one-chunk.ts"), "RequestList"),
})
const myNew = createRoute({
  getParentRoute: () => my,
  path: "new",
  component: lazyRouteComponent(() => import("./customer-portal/pages-in-one-chunk.ts"), "NewRequestPage"),
})
const myProfile = createRoute({
  getParentRoute: () => my,
  path: "profile",
  component: lazyRouteComponent(() => import("./customer-portal/pages-in-one-chunk.ts"), "AccountPage"),
})
const myTicket = createRoute({
  getParentRoute: () => my,
  path: "$ref",
  component: lazyRouteComponent(() => import("./customer-portal/pages-in-one-chunk.ts"), "RequestPage"),
})

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: lazyRouteComponent(() => import("./shell/pages-in-one-chunk.ts"), "AppShell"),
  notFoundComponent: NotFoundPage,
})

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox" })
  },
})

const inbox = createRoute({
  getParentRoute: () => shell,
  id: "desk",
  component: lazyRouteComponent(() => import("./shell/pages-in-one-chunk.ts"), "InboxPage"),
  errorComponent: ScreenBroke,
})
const list = createRoute({ getParentRoute: () => inbox, path: "/inbox", validateSearch: inboxSearch })
const ticket = createRoute({ getParentRoute: () => inbox, path: "/tickets/$ref", validateSearch: inboxSearch })

const contacts = createRoute({
  getParentRoute: () => shell,
  path: "/contacts",
  component: lazyRouteComponent(() => import("./contacts/pages-in-one-chunk.ts"), "ContactsLayout"),
  errorComponent: ScreenBroke,
})
const contactList = createRoute({
  getParentRoute: () => contacts,
  path: "/",
  validateSearch: ({ q }: Record<string, unknown>): { q?: string } => {
    const asked = text(q)
    return asked ? { q: asked } : {}
  },
  component: lazyRouteComponent(() => import("./contacts/pages-in-one-chunk.ts"), "ContactsPage"),
})
const contact = createRoute({
  getParentRoute: () => contacts,
  path: "$id",
  component: lazyRouteComponent(() => import("./contacts/pages-in-one-chunk.ts"), "ContactPage"),
})

const campaigns = createRoute({
  getParentRoute: () => shell,
  path: "/campaigns",
  component: lazyRouteComponent(() => import("./campaigns/pages-in-one-chunk.ts"), "CampaignsLayout"),
  errorComponent: ScreenBroke,
})
const campaignList = createRoute({
  getParentRoute: () => campaigns,
  path: "/",
  component: lazyRouteComponent(() => import("./campaigns/pages-in-one-chunk.ts"), "CampaignsPage"),
})
const newCampaign = createRoute({
  getParentRoute: () => campaigns,
  path: "new",
  component: lazyRouteComponent(() => import("./campaigns/pages-in-one-chunk.ts"), "NewCampaignPage"),
})
const campaign = createRoute({
  getParentRoute: () => campaigns,
  path: "$id",
  component: lazyRouteComponent(() => import("./campaigns/pages-in-one-chunk.ts"), "CampaignPage"),
})

const incidents = createRoute({
  getParentRoute: () => shell,
  path: "/incidents",
  component: lazyRouteComponent(() => import("./incidents/pages-in-one-chunk.ts"), "IncidentsLayout"),
  errorComponent: ScreenBroke,
})
const board = createRoute({
  getParentRoute: () => incidents,
  path: "/",
  validateSearch: readBoardFilter,
  component: lazyRouteComponent(() => import("./incidents/pages-in-one-chunk.ts"), "BoardPage"),
})
const movements = createRoute({
  getParentRoute: () => incidents,
  path: "import",
  component: lazyRouteComponent(() => import("./incidents/pages-in-one-chunk.ts"), "ImportPage"),
})
const statusMapping = createRoute({
  getParentRoute: () => incidents,
  path: "status-mapping",
  component: lazyRouteComponent(() => import("./incidents/pages-in-one-chunk.ts"), "StatusMappingPage"),
})
const incident = createRoute({
  getParentRoute: () => incidents,
  path: "$ref",
  component: lazyRouteComponent(() => import("./incidents/pages-in-one-chunk.ts"), "IncidentPage"),
})

const agreements = createRoute({
  getParentRoute: () => shell,
  path: "/agreements",
  component: lazyRouteComponent(() => import("./agreements/pages-in-one-chunk.ts"), "AgreementsLayout"),
  errorComponent: ScreenBroke,
})
const agreementBoard = createRoute({
  getParentRoute: () => agreements,
  path: "/",
  validateSearch: readAgreementsFilter,
  component: lazyRouteComponent(() => import("./agreements/pages-in-one-chunk.ts"), "BoardPage"),
})
const agreementReport = createRoute({
  getParentRoute: () => agreements,
  path: "report",
  validateSearch: readReportPeriod,
  component: lazyRouteComponent(() => import("./agreements/pages-in-one-chunk.ts"), "AgreementReportPage"),
})
const unmatchedClosures = createRoute({
  getParentRoute: () => agreements,
  path: "unmatched-closures",
  component: lazyRouteComponent(() => import("./agreements/pages-in-one-chunk.ts"), "UnmatchedClosuresPage"),
})
const agreement = createRoute({
  getParentRoute: () => agreements,
  path: "$id",
  component: lazyRouteComponent(() => import("./agreements/pages-in-one-chunk.ts"), "AgreementPage"),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings/pages-in-one-chunk.ts"), "SettingsLayout"),
  errorComponent: ScreenBroke,
})
const settingsHome = createRoute({ getParentRoute: () => settings, path: "/" })
const settingsPage = <const P extends string>(path: P, name: keyof typeof SettingsPages) =>
  createRoute({
    getParentRoute: () => settings,
    path,
    component: lazyRouteComponent(() => import("./settings/pages-in-one-chunk.ts"), name),
  })
const settingsPages = [
  settingsPage("profile", "ProfilePage"),
  settingsPage("desk", "DeskPage"),
  settingsPage("closing-and-survey", "ClosingAndSurveyPage"),
  settingsPage("connections", "ConnectionsPage"),
  settingsPage("connections/$id", "ConnectionPage"),
  settingsPage("staff", "StaffPage"),
  settingsPage("teams", "TeamsPage"),
  settingsPage("failed-deliveries", "FailedDeliveriesPage"),
  settingsPage("linked-systems", "LinkedSystemsPage"),
  settingsPage("linked-systems/$id", "LinkedSystemPage"),
  settingsPage("failed-hooks", "FailedHooksPage"),
  settingsPage("calendars", "CalendarsPage"),
  settingsPage("calendars/$id", "CalendarPage"),
  settingsPage("keys", "ApiKeysPage"),
  settingsPage("replies", "SavedRepliesPage"),
  settingsPage("macros", "MacrosPage"),
  settingsPage("sla-policies", "PoliciesPage"),
  settingsPage("rules", "RulesPage"),
  settingsPage("automation", "AutomationPage"),
  settingsPage("fields", "CustomFieldsPage"),
  settingsPage("categories", "CategoriesPage"),
  settingsPage("audit", "AuditPage"),
] as const

// Addresses of earlier versions, for bookmarks.
const movedTo = (to: "/settings/failed-deliveries" | "/incidents/status-mapping") => () => {
  throw redirect({ to })
}
const oldFailedDeliveries = createRoute({
  getParentRoute: () => settings,
  path: "aside",
  beforeLoad: movedTo("/settings/failed-deliveries"),
})
const oldStatusMapping = createRoute({
  getParentRoute: () => incidents,
  path: "words",
  beforeLoad: movedTo("/incidents/status-mapping"),
})

const tree = root.addChildren([
  signIn,
  setUp,
  choosePassword,
  forgot,
  my.addChildren([myList, myNew, myProfile, myTicket]),
  shell.addChildren([
    home,
    inbox.addChildren([list, ticket]),
    incidents.addChildren([board, movements, statusMapping, oldStatusMapping, incident]),
    agreements.addChildren([agreementBoard, agreementReport, unmatchedClosures, agreement]),
    contacts.addChildren([contactList, contact]),
    campaigns.addChildren([campaignList, newCampaign, campaign]),
    settings.addChildren([settingsHome, oldFailedDeliveries, ...settingsPages]),
  ]),
])

export const router = createRouter({ routeTree: tree, defaultPreload: "intent", defaultErrorComponent: ScreenBroke })

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router
  }
}
