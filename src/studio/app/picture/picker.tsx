import { Button, DropZone, FileTrigger, isFileDropItem, Text } from 'react-aria-components';
import { useApp } from '../app-context.js';
import { AddressField } from './address-field.js';
import { Eye } from './eye.js';
import { OpeningNote } from './opening-note.js';
import './picker.css';
import { SampleShelf } from './sample-shelf.js';

interface PickerProps {
  readonly title: string;
  readonly lead?: string;
}

/** Takes pictures: dropped, pasted, chosen from files, by an address, or one of the samples. */
export function Picker({ title, lead }: PickerProps) {
  const { openFiles } = useApp();
  return (
    <div className="picker">
      <h2>{title}</h2>
      {lead !== undefined && <p className="lead">{lead}</p>}
      <DropZone
        className="picker-drop"
        onDrop={({ items }) => {
          void Promise.all(items.filter(isFileDropItem).map((item) => item.getFile())).then(openFiles);
        }}
      >
        <Eye />
        <Text slot="label" className="picker-words">
          Drop pictures, or paste one
        </Text>
        <FileTrigger
          acceptedFileTypes={['image/*']}
          allowsMultiple
          onSelect={(files) => {
            if (files) openFiles([...files]);
          }}
        >
          <Button className="button primary">Choose a file</Button>
        </FileTrigger>
        <AddressField />
      </DropZone>
      <OpeningNote />
      <SampleShelf />
    </div>
  );
}
