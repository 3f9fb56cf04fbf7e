window.courseReadings={key:"courseweek:read:LG 1:Spring 2027",words:{"box":"Read: {title}","count":"{count} of {total} read","mine":"My list: {count} of {total} read","where":"What you tick is kept in this browser only.","text":"Save as text","ticks":"Save for another browser","load":"Load a saved list","loaded":"The list is loaded.","refused":"This file is not a list saved from this course and term."},
readings:[
["lamps","On lamps","b89d7a2a"],
["oil","Oil","a54aeb4e"],
["electric-light","Electric light","a46799bd"]
],
meetings:[
["the-lamp",[0,1],[2]],
["fresnels-lens",[0],[]]
]};
