import { detectorNames } from '../../face/detector.js';
import { faceSelections } from '../../face/select-face.js';
import { Command, Option } from 'commander';
import { parseRegions } from '../../face/parse-regions.js';
import type { RegionName } from '../../face/regions.js';
import { colourMap } from '../../image/colour-map/colour-map.js';
import { parseSegmentFill, type SegmentFill } from '../../perturb/segment-fill.js';
import { maskDesigns } from '../../perturb/mask-design/mask-design.js';
import { parseFill } from '../../perturb/occlusion/fill.js';
import { segmentationNames } from '../../study/explain/segments/segmentation-settings.js';
import { parseStudyMethods } from '../../study/verification/methods/parse-study-methods.js';
import { studyMethodDefaults } from '../../study/verification/methods/study-method.js';
import { parseThresholdRequest } from '../../study/verification/threshold/threshold-request.js';
import { checked, nameList, numberBetween, positiveNumber, size, wholeNumber } from './parse.js';

/** Where a tree of images is read and where the same tree is written. */
export function addTreeOptions(command: Command, what: string): Command {
  return command
    .requiredOption('--input-path <folder>', 'root folder of the images (nested folders are kept)')
    .requiredOption('--output-path <folder>', `root folder for ${what}; the only place that is written to`);
}

/** How the face of a photograph is found. */
export function addFaceOptions(command: Command): Command {
  return command
    .addOption(new Option('--detector <name>', 'face detector').choices(detectorNames).default('mtcnn'))
    .option('--cascade <file>', 'OpenCV cascade of the detector haar (default: looked for)')
    .option('--min-face-size <pixels>', 'shorter side of the smallest face to look for', wholeNumber(1))
    .addOption(
      new Option('--select <rule>', 'which face to take where there are several')
        .choices(faceSelections)
        .default('largest'),
    )
    .option(
      '--landmark-model <file>',
      'dlib 68-point predictor (default: looked for, else the bundled network)',
    );
}

/** Where the faces are known. */
export function addBoxesOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--boxes <source>',
      'do not look for faces: celeba-spoof has the box of a.png in a_BB.txt beside it',
    ).choices(['celeba-spoof']),
  );
}

/** How many images are worked on at once. */
export function addWorkerOptions(command: Command): Command {
  return command
    .option(
      '--workers <count>',
      'images worked on at once, each in its own thread (default: number of cores)',
      wholeNumber(1, 256),
    )
    .addOption(
      new Option('--multiprocessing', 'accepted for compatibility: threads are always used').hideHelp(),
    );
}

/** What every run has: resuming, strictness and the kind of output. */
export function addRunOptions(command: Command): Command {
  return command
    .option(
      '--no-resume',
      'start from nothing even where the output folder holds an unfinished or finished run',
    )
    .option('--strict', 'exit with status 3 where inputs were skipped or failed')
    .option('--json', 'print one JSON document on standard output')
    .option('--quiet', 'no progress on standard error')
    .option('--debug', 'show stack traces');
}

/** Which model looks at the images, and how it gets its view of a photograph. */
export function addModelOptions(command: Command): Command {
  return command
    .requiredOption('--model <model>', 'a file (.onnx, .tflite) or a name from `faceprobe models list`')
    .option('--card <file>', 'what goes in and what comes out (default: <model>.card.json, else the zoo)')
    .option('--aligned', 'the images are what the model sees: do not look for a face')
    .option('--batch-size <count>', 'images a forward pass', wholeNumber(1), 16);
}

/** What every step of a verification study shares: the pairs, the model, the threshold and where the study lies. */
export function addVerificationOptions(command: Command): Command {
  return command
    .requiredOption(
      '--pairs <file>',
      'the list of pairs: a CSV file_a,file_b,same (1 or 0), LFW’s pairs.txt, or a list of xSSAB',
    )
    .option('--images <folder>', 'what its paths are relative to (default: the folder of the list)')
    .option('--identities <file>', 'xSSAB’s second list, which names the persons of the same pairs')
    .requiredOption('--model <model>', 'a file (.onnx, .tflite) or a name from `faceprobe models list`')
    .option('--card <file>', 'what goes in and what comes out (default: <model>.card.json, else the zoo)')
    .option('--aligned', 'the images are what the model sees: do not look for a face')
    .requiredOption('--output <folder>', 'the folder of the study; the only place that is written to')
    .option(
      '--at <threshold>',
      'the threshold of the study: eer, fmr=0.001, or a cosine such as 0.31 (default: as the study has it, else eer)',
      checked(parseThresholdRequest),
    )
    .option('--seed <number>', 'seed of the bootstrap intervals and of random masks', wholeNumber(0), 0)
    .option('--no-photos', 'leave the photographs out of figures and report');
}

/** The methods that a step of a verification study compares. */
export function addStudyMethodOptions(command: Command): Command {
  return (
    command
      .addOption(
        new Option(
          '--methods <methods>',
          'what explains the pairs, with commas between them and options after colons: xssab,corrrise:masks=200,' +
            `xface:stride=7 (there are ${Object.keys(studyMethodDefaults).join(', ')})`,
        )
          .argParser(checked(parseStudyMethods))
          .default(parseStudyMethods('xssab'), 'xssab'),
      )
      // Small batches stay in the processor's cache: on one thread a fifth faster than 16, in less memory.
      .option('--batch-size <count>', 'images a forward pass', wholeNumber(1), 4)
  );
}

/** How the first image of every pair of a verification study is patched. */
export function addPatchOptions(command: Command): Command {
  return command
    .option('--patches <count>', 'patches in an image', wholeNumber(1, 10_000), 27)
    .option('--patch-size <pixels>', 'side of the square patches', wholeNumber(1), 16)
    .option('--patch-seed <number>', 'seed of the places and donors of the patches', wholeNumber(0), 3)
    .option(
      '--jpeg <quality>',
      'write patched images as JPEG, which changes more than the patches (default: PNG, without loss)',
      wholeNumber(1, 100),
    )
    .addOption(
      new Option(
        '--compat <system>',
        'upstream: the places, donors and replaced pixels of the published code of xSSAB',
      ).choices(['upstream']),
    );
}

/** What hides a part of a face, and how. */
export function addOcclusionOptions(command: Command, regions: readonly RegionName[]): Command {
  command
    .option('--grid-rows-count <count>', 'rows of the grid', wholeNumber(1), 4)
    .option('--grid-columns-count <count>', 'columns of the grid', wholeNumber(1), 4)
    .option('--window <size>', 'sliding window in pixels, such as 32 or 32x16', size)
    .option('--stride <size>', 'step of the sliding window in pixels (default: half the window)', size)
    .option(
      '--regions <names>',
      'named regions, with commas between them',
      checked((text) => parseRegions(nameList(text))),
      regions,
    )
    .option(
      '--fill <fill>',
      'what covers: black, mean, blur or a colour such as #808080',
      checked(parseFill),
      'black',
    );
  return addRegionShapeOptions(command);
}

/** How an image is cut into segments, and what covers those that are hidden. */
export function addSegmentOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--segmentation <method>', 'superpixels, equal rectangles, or the regions of the face')
        .choices(segmentationNames)
        .default('slic'),
    )
    .option('--segments <count>', 'slic: about how many', wholeNumber(1), 30)
    .option('--compactness <number>', 'slic: nearness against likeness of colour', positiveNumber, 20)
    .option('--quickshift-kernel <pixels>', 'quickshift: width of the kernel', positiveNumber, 4)
    .option('--quickshift-distance <pixels>', 'quickshift: longest link', positiveNumber, 200)
    .option(
      '--quickshift-ratio <share>',
      'quickshift: weight of colour against place',
      numberBetween(0, 1),
      0.2,
    )
    .option('--grid-rows-count <count>', 'grid: rows', wholeNumber(1), 6)
    .option('--grid-columns-count <count>', 'grid: columns', wholeNumber(1), 5);
}

/** How many masks are drawn, and when that may stop. */
export function addSampleOptions(command: Command, samples: number, fill: SegmentFill): Command {
  return command
    .option('--samples <count>', 'masked images for each image', wholeNumber(2), samples)
    .addOption(
      new Option('--design <name>', 'how masks over segments are drawn')
        .choices(Object.keys(maskDesigns))
        .default('independent'),
    )
    .option('--until-stable', 'stop before all samples are taken where the map has settled')
    .option(
      '--tolerance <share>',
      'settled: the largest standard error is at most this share of the largest weight',
      numberBetween(0, 1),
      0.05,
    )
    .option(
      '--fill <fill>',
      'what covers: gray, black, mean, segment-mean, blur or a colour such as #808080',
      checked(parseSegmentFill),
      fill,
    );
}

/** What of the image belongs to a region. */
export function addRegionShapeOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--landmark-precision <shape>', 'a region is its outline, or its bounding box')
        .choices(['pixel', 'bbox'])
        .default('pixel'),
    )
    .option('--landmark-scale-factor <factor>', 'enlarge a region about its centre', positiveNumber, 1.5);
}

/** How a heat map is drawn. */
export function addFigureOptions(command: Command, colours: string): Command {
  return command
    .option('--alpha <opacity>', 'opacity of the map over the photograph', numberBetween(0, 1), 0.6)
    .option(
      '--colormap <name>',
      'colour map by its matplotlib name',
      checked((name) => colourMap(name).name),
      colours,
    )
    .option('--dpi <dots>', 'resolution of the figures, which are 8 x 8 inches', wholeNumber(20), 200);
}
