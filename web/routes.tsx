import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  type ErrorComponentProps,
} from "@tanstack/react-router"
import { readFilters, writeFilters, type FilterParameters } from "./inbox/filters/filters.ts"
import { sortOf, type Sort } from "./inbox/views/view.ts"
import { readBoardFilter } from "./incidents/board-filter.ts"
import { AppShell } from "./shell/app-shell.tsx"
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
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = text(search["next"])
    return next && /^\/(?![/\\])/.test(next) ? { next } : {}
  },
  component: lazyRouteComponent(() => import("./session/sign-in-page.tsx"), "SignInPage"),
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("./session/set-up-page.tsx"), "SetUpPage"),
})

const choosePassword = createRoute({
  getParentRoute: () => root,
  path: "/password",
  component: lazyRouteComponent(() => import("./session/choose-password-page.tsx"), "ChoosePasswordPage"),
})
const forgot = createRoute({
  getParentRoute: () => root,
  path: "/forgot",
  component: lazyRouteComponent(() => import("./session/forgot-password-page.tsx"), "ForgotPasswordPage"),
})

// Customers' own side.
const enter = createRoute({
  getParentRoute: () => root,
  path: "/my/enter",
  component: lazyRouteComponent(() => import("./customer-portal/sign-in-by-link-page.tsx"), "SignInByLinkPage"),
})
const my = createRoute({
  getParentRoute: () => root,
  path: "/my",
  component: lazyRouteComponent(() => import("./customer-portal/portal-layout.tsx"), "PortalLayout"),
  errorComponent: ScreenBroke,
})
const myList = createRoute({
  getParentRoute: () => my,
  path: "/",
  component: lazyRouteComponent(() => import("./customer-portal/request-list.tsx"), "RequestList"),
})
const myNew = createRoute({
  getParentRoute: () => my,
  path: "new",
  component: lazyRouteComponent(() => import("./customer-portal/new-request-page.tsx"), "NewRequestPage"),
})
const myProfile = createRoute({
  getParentRoute: () => my,
  path: "profile",
  component: lazyRouteComponent(() => import("./customer-portal/account-page.tsx"), "AccountPage"),
})
const myTicket = createRoute({
  getParentRoute: () => my,
  path: "$ref",
  component: lazyRouteComponent(() => import("./customer-portal/request-page.tsx"), "RequestPage"),
})

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: AppShell,
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
  component: lazyRouteComponent(() => import("./inbox/inbox-page.tsx"), "InboxPage"),
  errorComponent: ScreenBroke,
})
const list = createRoute({ getParentRoute: () => inbox, path: "/inbox", validateSearch: inboxSearch })
const ticket = createRoute({ getParentRoute: () => inbox, path: "/tickets/$ref", validateSearch: inboxSearch })

const campaigns = createRoute({
  getParentRoute: () => shell,
  path: "/campaigns",
  component: lazyRouteComponent(() => import("./campaigns/campaigns-layout.tsx"), "CampaignsLayout"),
  errorComponent: ScreenBroke,
})
const campaignList = createRoute({
  getParentRoute: () => campaigns,
  path: "/",
  component: lazyRouteComponent(() => import("./campaigns/campaigns-page.tsx"), "CampaignsPage"),
})
const newCampaign = createRoute({
  getParentRoute: () => campaigns,
  path: "new",
  component: lazyRouteComponent(() => import("./campaigns/new-campaign-page.tsx"), "NewCampaignPage"),
})
const campaign = createRoute({
  getParentRoute: () => campaigns,
  path: "$id",
  component: lazyRouteComponent(() => import("./campaigns/campaign-page.tsx"), "CampaignPage"),
})

const incidents = createRoute({
  getParentRoute: () => shell,
  path: "/incidents",
  component: lazyRouteComponent(() => import("./incidents/incidents-layout.tsx"), "IncidentsLayout"),
  errorComponent: ScreenBroke,
})
const board = createRoute({
  getParentRoute: () => incidents,
  path: "/",
  validateSearch: readBoardFilter,
  component: lazyRouteComponent(() => import("./incidents/board-page.tsx"), "BoardPage"),
})
const movements = createRoute({
  getParentRoute: () => incidents,
  path: "import",
  component: lazyRouteComponent(() => import("./incidents/import/import-page.tsx"), "ImportPage"),
})
const carrierWords = createRoute({
  getParentRoute: () => incidents,
  path: "words",
  component: lazyRouteComponent(
    () => import("./incidents/status-mapping/status-mapping-page.tsx"),
    "StatusMappingPage",
  ),
})
const incident = createRoute({
  getParentRoute: () => incidents,
  path: "$ref",
  component: lazyRouteComponent(() => import("./incidents/incident-page.tsx"), "IncidentPage"),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings/settings-layout.tsx"), "SettingsLayout"),
  errorComponent: ScreenBroke,
})
const settingsHome = createRoute({ getParentRoute: () => settings, path: "/" })
const profile = createRoute({
  getParentRoute: () => settings,
  path: "profile",
  component: lazyRouteComponent(() => import("./settings/profile-page.tsx"), "ProfilePage"),
})
const connections = createRoute({
  getParentRoute: () => settings,
  path: "connections",
  component: lazyRouteComponent(() => import("./settings/connections/connections-page.tsx"), "ConnectionsPage"),
})
const number = createRoute({
  getParentRoute: () => settings,
  path: "connections/$id",
  component: lazyRouteComponent(() => import("./channels/whatsapp/setup/number-page.tsx"), "NumberPage"),
})
const staff = createRoute({
  getParentRoute: () => settings,
  path: "staff",
  component: lazyRouteComponent(() => import("./settings/staff/staff-page.tsx"), "StaffPage"),
})
const teams = createRoute({
  getParentRoute: () => settings,
  path: "teams",
  component: lazyRouteComponent(() => import("./settings/staff/teams-page.tsx"), "TeamsPage"),
})
const aside = createRoute({
  getParentRoute: () => settings,
  path: "aside",
  component: lazyRouteComponent(
    () => import("./settings/failed-deliveries/failed-deliveries-page.tsx"),
    "FailedDeliveriesPage",
  ),
})
const keys = createRoute({
  getParentRoute: () => settings,
  path: "keys",
  component: lazyRouteComponent(() => import("./settings/api-keys/api-keys-page.tsx"), "ApiKeysPage"),
})

const shelves = [
  createRoute({
    getParentRoute: () => settings,
    path: "replies",
    component: lazyRouteComponent(() => import("./settings/macros/saved-replies-page.tsx"), "SavedRepliesPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "macros",
    component: lazyRouteComponent(() => import("./settings/macros/macros-page.tsx"), "MacrosPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "rules",
    component: lazyRouteComponent(() => import("./settings/assignment-rules/rules-page.tsx"), "RulesPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "fields",
    component: lazyRouteComponent(() => import("./settings/ticket-fields/custom-fields-page.tsx"), "CustomFieldsPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "categories",
    component: lazyRouteComponent(() => import("./settings/ticket-fields/categories-page.tsx"), "CategoriesPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "audit",
    component: lazyRouteComponent(() => import("./settings/audit/audit-page.tsx"), "AuditPage"),
  }),
] as const

const tree = root.addChildren([
  signIn,
  setUp,
  choosePassword,
  forgot,
  enter,
  my.addChildren([myList, myNew, myProfile, myTicket]),
  shell.addChildren([
    home,
    inbox.addChildren([list, ticket]),
    incidents.addChildren([board, movements, carrierWords, incident]),
    campaigns.addChildren([campaignList, newCampaign, campaign]),
    settings.addChildren([settingsHome, profile, connections, number, staff, teams, keys, aside, ...shelves]),
  ]),
])

export const router = createRouter({ routeTree: tree, defaultPreload: "intent", defaultErrorComponent: ScreenBroke })

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router
  }
}
