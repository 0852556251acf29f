using Tmrvc.Build;

return FrontDoor.Run(args);
