/** The sentences about who is signed in, and of signing in: Chinese, then English. */

import { inBook } from "./book";

export const ACCOUNT = inBook({
  "account.label": ["账户", "Account"],
  "account.nobody": ["未登录", "Not signed in"],
  "account.nobody_help": ["公开页面：只显示公开内容。", "As the public: only what is public is shown."],
  "account.demo": ["开放演示", "Open demo"],
  "account.demo_help": [
    "没有人登录：任何打开本页的人都以{role}身份操作全部区县。",
    "Nobody is signed in: whoever opens this page acts as {role} in every district.",
  ],
  "account.role": ["角色", "Role"],
  "account.area": ["辖区", "Area"],
  "account.everywhere": ["全部区县", "Every district"],
  "account.ends": ["会话到期", "Session ends"],
  "account.unknown": ["正在查询账户", "Asking who is signed in"],
  "account.failed": ["账户查询失败", "Who is signed in could not be read"],
  "account.sign_out": ["退出登录", "Sign out"],
  "account.signing_out": ["正在退出", "Signing out"],
  "account.sign_out_failed": [
    "没有退出：连接恢复后再试。离开前请勿交给他人。",
    "Not signed out: try again when the connection is back, and do not hand the device over before.",
  ],
  "account.sign_in": ["登录", "Sign in"],
  "account.sign_in_first": ["请先登录", "Sign in to see the incidents of your area"],
  "account.name": ["账号", "Account"],
  "account.password": ["密码", "Password"],
});
