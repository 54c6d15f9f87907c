// screenshot.mjs URL FILE    the page as a picture, once it is live and has tasks

import {chromium} from "playwright-core";

const [url, file] = process.argv.slice(2);
const browser = await chromium.launch({executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage"]});
try {
  const page = await browser.newPage({viewport: {width: 1180, height: 520}});
  await page.goto(url);
  await page.waitForSelector("[data-state=live]");
  await page.waitForSelector("[data-column=done] [data-task]");
  await page.screenshot({path: file, animations: "disabled"});
} finally {
  await browser.close();
}
