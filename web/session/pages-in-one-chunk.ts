export { ChoosePasswordPage } from "./choose-password-page.tsx"
export { ForgotPasswordPage } from "./forgot-password-page.tsx"
export { SetUpPage } from "./set-up-page.tsx"
export { SignInPage } from "./sign-in-page.tsx"
