import chromium from '@sparticuz/chromium';
import { type Page, chromium as playwright } from 'playwright-core';
import { indexedPng } from './indexed-png';

// The browser's own, for `decode`: the lib `dom` would hand its thousand globals to every file of the project.
interface Picture {
  width: number;
  height: number;
}
declare const createImageBitmap: (blob: Blob) => Promise<Picture>;
declare class OffscreenCanvas {
  constructor(width: number, height: number);
  getContext(kind: '2d'): {
    drawImage(picture: Picture, x: number, y: number): void;
    getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
  } | null;
}

/** A phone and the width that mail clients on a desk give. */
const WIDTHS = [375, 640];

async function shoot(page: Page, html: string, width: number, dark: boolean): Promise<Buffer> {
  await page.setViewportSize({ width, height: 400 });
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
  await page.setContent(html);
  const png = await page.screenshot({ fullPage: true });
  const { pixels, ...size } = await decode(page, png.toString('base64'));
  return indexedPng(Buffer.from(pixels, 'base64'), size.width, size.height);
}

/** The browser that took the picture is also the PNG reader at hand. Runs inside the page. */
const decode = (page: Page, png: string) =>
  page.evaluate(async (base64) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const { width, height } = picture;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (!context) throw new Error('This browser draws no canvas');
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    let pixels = '';
    for (let at = 0; at < data.length; at += 0x8000) {
      pixels += String.fromCharCode(...data.subarray(at, at + 0x8000));
    }
    return { pixels: btoa(pixels), width, height };
  }, png);

/** Pictures of the mails in a real browser: `<mail>-<width>[-dark].png` by name. */
export async function screenshots(mails: Record<string, string>): Promise<Record<string, Buffer>> {
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args,
    headless: true,
  });
  try {
    // Offline: what a mail would fetch shows as missing. One page: this Chromium ends with its first.
    const page = await browser.newPage({ offline: true });
    const pictures: Record<string, Buffer> = {};
    for (const [name, html] of Object.entries(mails)) {
      for (const width of WIDTHS) {
        pictures[`${name}-${width}.png`] = await shoot(page, html, width, false);
        pictures[`${name}-${width}-dark.png`] = await shoot(page, html, width, true);
      }
    }
    return pictures;
  } finally {
    await browser.close();
  }
}
