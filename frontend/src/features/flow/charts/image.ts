import { init, use as learn } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { FONT } from './axes';
import './kit';
import type { Drawing, Paint } from './model';
import { saveFile } from './save';

// A chart as a picture to put into a document: on paper's colours, with its finding above and where it is from below.

learn([CanvasRenderer]);

const [WIDTH, HIGH, HEAD, FOOT, EDGE] = [1120, 560, 76, 40, 24];

/** Colours as numbers: a canvas knows no variables. */
function paper(): { paint: Paint; done: () => void } {
  const probe = document.createElement('i');
  probe.className = 'fl-colours';
  probe.setAttribute('data-mantine-color-scheme', 'light');
  document.body.append(probe);
  return {
    paint: (token) => {
      probe.style.color = `var(--${token})`;
      return getComputedStyle(probe).color;
    },
    done: () => probe.remove(),
  };
}

export async function picture(
  drawing: Drawing,
  words: { title: string; sub: string; foot: string },
): Promise<Blob> {
  const { paint, done } = paper();
  const box = document.createElement('div');
  const height = drawing.height ?? HIGH;
  const size = { width: WIDTH - 2 * EDGE, height };
  const chart = init(box, null, { renderer: 'canvas', devicePixelRatio: 2, ...size });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: FONT },
      ...drawing.make(size).option(paint),
    });
    const drawn = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: paint('surface') });
    const sheet = document.createElement('canvas');
    sheet.width = WIDTH * 2;
    sheet.height = (HEAD + height + FOOT) * 2;
    const pen = sheet.getContext('2d')!;
    pen.scale(2, 2);
    pen.fillStyle = paint('surface');
    pen.fillRect(0, 0, WIDTH, HEAD + height + FOOT);
    const write = (text: string, y: number, font: string, colour: string) => {
      pen.font = `${font} ${FONT}`;
      pen.fillStyle = paint(colour);
      pen.fillText(text, EDGE, y, WIDTH - 2 * EDGE);
    };
    write(words.title, 36, '620 20px', 'ink');
    write(words.sub, 60, '450 14px', 'ink-3');
    pen.drawImage(drawn, EDGE, HEAD, size.width, height);
    write(words.foot, HEAD + height + 22, '450 12px', 'ink-3');
    return await new Promise((resolve, reject) =>
      sheet.toBlob((b) => (b ? resolve(b) : reject(new Error('no picture'))), 'image/png'),
    );
  } finally {
    chart.dispose();
    done();
  }
}

/** Puts it into the downloads. */
export async function savePicture(name: string, ...of: Parameters<typeof picture>): Promise<void> {
  saveFile(`${name}.png`, await picture(...of));
}
