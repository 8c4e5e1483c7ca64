/** The classes of PASCAL VOC in their order (http://host.robots.ox.ac.uk/pascal/VOC/); 0 is the background. */
const VOC = [
  'background',
  'aeroplane',
  'bicycle',
  'bird',
  'boat',
  'bottle',
  'bus',
  'car',
  'cat',
  'chair',
  'cow',
  'diningtable',
  'dog',
  'horse',
  'motorbike',
  'person',
  'pottedplant',
  'sheep',
  'sofa',
  'train',
  'tvmonitor',
];

/** What COCO calls the same things. */
const COCO_NAMES: Readonly<Record<string, string>> = {
  airplane: 'aeroplane',
  couch: 'sofa',
  'dining table': 'diningtable',
  motorcycle: 'motorbike',
  'potted plant': 'pottedplant',
  tv: 'tvmonitor',
};

/** The number of a label in PASCAL VOC; undefined for one that it does not have. */
export function vocClassOf(label: string): number | undefined {
  const index = VOC.indexOf(COCO_NAMES[label] ?? label);
  return index > 0 ? index : undefined;
}
