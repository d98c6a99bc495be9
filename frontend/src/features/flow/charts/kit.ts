import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { use as learn } from 'echarts/core';

// The parts of the library that our charts are drawn with, on the screen and in pictures.

learn([CustomChart, GridComponent, LineChart, ScatterChart]);
