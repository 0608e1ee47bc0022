import type { Drill } from './drill.ts';
import { writerZone } from './known-places.ts';

export const fillDisk: Drill = {
  name: 'fill-disk',
  namespaces: true,
  title: { zh: '一个可用区的磁盘写满', en: 'The disk of a zone is full' },
  rehearses: {
    zh: '写入节点所在可用区再写不进一个字节：日志、数据库、发卡流水都在上面。',
    en: 'Not a byte more can be written in the zone of the writer: database, journals and logs are all on it.',
  },
  rows: ['S27', 'S28'],
  limits: { leftBehind: 0 },
  holdMs: 10_000,
  async fault(scene) {
    const zone = scene.lab.zone(await writerZone(scene));
    scene.fault(`the disk of zone ${zone.name} is full`);
    await zone.fillDisk();
    return async () => {
      await zone.freeDisk();
      // What a full disk has ended an operator starts again.
      await zone.start();
      scene.healed(`the disk of zone ${zone.name} has room again`);
    };
  },
};
