import sharp from 'sharp';
import { SharpRenderer } from '../../../services/images/adapters/sharp-renderer';
import { textBomb } from './pictures';

/** Run as a process of its own: prints how many MB it had at most while it judged what takes the most of them. */
async function main(): Promise<void> {
  const big = await sharp({ create: { width: 6000, height: 4000, channels: 3, background: 'teal' } })
    .withMetadata({ orientation: 6 })
    .png({ progressive: true })
    .toBuffer();
  const renderer = new SharpRenderer();
  const judged = [
    await renderer.render(await textBomb(), 'image/png'),
    await renderer.render(big, 'image/png'),
  ];
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  const [, turned] = judged.map((one) => ('picture' in one ? one.picture : undefined));
  console.log(JSON.stringify({ megabytes, width: turned?.width, height: turned?.height }));
}

void main();
