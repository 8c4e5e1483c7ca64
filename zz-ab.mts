import {spawn} from 'node:child_process'; import {readFileSync,mkdtempSync,readFileSync as rf} from 'node:fs'; import {createInterface} from 'node:readline';
import {uploadOf} from './bench/multipart.js'; import {picturesOfSize} from './bench/pictures.js'; import {Pool} from 'undici';
const env={...process.env,MODEL_MIRROR:'/work/shared/models',MODEL_MANIFESTS:'/tmp/codec-lab/recovered.json',LOG_LEVEL:'warn',PORT:'0',MODEL_DOWNLOADS:'false',TASKS:'CLASSIFY,SEGMENT_ROAD,DETECT_OBJECTS'};
async function start(root:string,cache:string){const c=spawn(process.execPath,['--v8-pool-size=1','--initial-old-space-size=256',root+'/dist/main.js','serve'],{cwd:root,env:{...env,MODEL_CACHE:cache,DATA_DIR:mkdtempSync('/tmp/codec-lab/d-')},stdio:['ignore','pipe','inherit']});
 for await(const l of createInterface(c.stdout)){const m=/GraphQL\s+(https?:\/\/\S+)\/graphql/.exec(l);if(m){c.stdout.resume();return{c,url:m[1]!,pid:c.pid!}}}throw new Error('no start')}
const cpu=(pid:number)=>{const f=rf(`/proc/${pid}/stat`,'utf8').split(') ')[1]!.split(' ');return(Number(f[11])+Number(f[12]))*10};
const A=await start('/work/main','/tmp/codec-lab/models-before'),B=await start('/tmp/wt/codec','/tmp/codec-lab/models-after');
const [s]=await picturesOfSize(500,375,1),[l]=await picturesOfSize(4000,3000,1);
const q=(f:string)=>`mutation ($image: ImageInput!) { ${f} }`;
const F={classify:'classify(image: $image, topK: 1) { labels { name score } }',road:'segmentRoad(image: $image) { areas { class fraction } }',detect:'detectObjects(image: $image) { objects { label score } }'};
const cells:[string,any,number,string][]=[];
for(const [op,f] of Object.entries(F)){for(const n of [1,16])cells.push([`${op} 500x375 upload ${n}`,uploadOf(q(f),s!),n,'/graphql']);cells.push([`${op} 12MP upload 16`,uploadOf(q(f),l!),16,'/graphql'])}
for(const [op,p] of [['classify','/classify_image'],['road','/road_segmentation'],['detect','/object_detection']] as const)cells.push([`${op} 500x375 REST 1`,{headers:{'content-type':'application/json'},body:Buffer.from(JSON.stringify({image:Buffer.from(s!).toString('base64')}))},1,p]);
async function run(sv:any,req:any,n:number,path:string,ms:number){const p=new Pool(sv.url,{connections:n});let done=0,bad=0;const lat:number[]=[];const c0=cpu(sv.pid),t0=performance.now();
 await Promise.all(Array.from({length:n},async()=>{while(performance.now()-t0<ms){const b=performance.now();const a=await p.request({path,method:'POST',...req});const j:any=await a.body.json();if(j.errors||a.statusCode!==200)bad++;else{done++;lat.push(performance.now()-b)}}}));
 const s=(performance.now()-t0)/1000;await p.close();return{rps:done/s,cpu:(cpu(sv.pid)-c0)/Math.max(1,done),min:Math.min(...lat),bad}}
const med=(v:number[])=>v.sort((a,b)=>a-b)[v.length>>1]!;
for(const [name,req,n,path] of cells){await run(A,req,n,path,300);await run(B,req,n,path,300);const a:any[]=[],b:any[]=[];for(let k=0;k<3;k++){a.push(await run(A,req,n,path,1200));b.push(await run(B,req,n,path,1200))}
 console.log(name.padEnd(28),'before req/s',med(a.map(x=>x.rps)).toFixed(1),'cpu',med(a.map(x=>x.cpu)).toFixed(1),'minlat',Math.min(...a.map(x=>x.min)).toFixed(1),'| after',med(b.map(x=>x.rps)).toFixed(1),'cpu',med(b.map(x=>x.cpu)).toFixed(1),'minlat',Math.min(...b.map(x=>x.min)).toFixed(1),'| bad',a.concat(b).reduce((t,x)=>t+x.bad,0))}
A.c.kill('SIGTERM');B.c.kill('SIGTERM');
