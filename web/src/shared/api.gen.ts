// Made by `npm run types` from the server's OpenAPI document; not edited by hand.

export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The way in: links to everything, or the map for a browser
         * @description 入口：接口目录；浏览器得到地图
         */
        get: operations["getLandingPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conformance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The standards that this server follows
         * @description 所遵循的标准
         */
        get: operations["getConformance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The definition of this API (OpenAPI 3.1)
         * @description 接口定义（OpenAPI 3.1）
         */
        get: operations["getDefinition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the server and its store are well
         * @description 服务与存储的状态
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in: account, role and areas; role is null for the public
         * @description 当前账户、角色和辖区
         */
        get: operations["getSession"];
        put?: never;
        /**
         * Sign in; the answer sets a cookie
         * @description 登录
         */
        post: operations["signIn"];
        /**
         * Sign out
         * @description 退出登录
         */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How fast the demo plays; 404 where none does
         * @description 演示的速度
         */
        get: operations["getDemo"];
        /**
         * Let the demo play faster or slower, or pause it
         * @description 调整演示的速度，或暂停
         */
        put: operations["setDemo"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/districts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The districts, their boxes, their towns and their editions
         * @description 各区县及其范围、城区和版本
         */
        get: operations["listDistricts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/locate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The owner of a place at every level, and who answers for it. With `accuracy` the areas that may own it come with their probabilities, and `ambiguous` says that the person should be asked. Outside every area `nearest` names the nearest ones and their distance; they do not own the place
         * @description 某一位置在各层级的归属和责任人：给出 accuracy 时附候选区域的概率，ambiguous 为真时请向本人确认；不在任何区域内时 nearest 列出最近的区域及距离，它们并非归属
         */
        get: operations["locate"];
        put?: never;
        /**
         * The owners of up to 100000 places, as columns
         * @description 批量查询归属，每次至多 100000 个点
         */
        post: operations["locateColumns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find places by name, by code or by position
         * @description 按名称、编码或坐标查找
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open and lately closed incidents, the most pressing first
         * @description 未结和近期结案的事件，最紧迫的在前
         */
        get: operations["incidents"];
        put?: never;
        /**
         * Report an incident: who owns the place, and who is called
         * @description 上报事件：返回归属、候选区域和去向
         */
        post: operations["reportIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{district}/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything about one incident, its history and what is next
         * @description 一个事件的全部情况、经过和下一步
         */
        get: operations["incident"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{district}/{code}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a step of an incident's life
         * @description 推进一个事件
         */
        post: operations["stepIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/districts/{district}/event-list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The event list of a district that is in force
         * @description 该区县现行的事件清单
         */
        get: operations["eventList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Incidents gathered by cells, never across a boundary in work
         * @description 按格聚合的事件，不跨当前层级的边界
         */
        get: operations["incidentClusters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Statistics of incidents: counts, times and overdue shares by area, category, department, week or item
         * @description 事件统计：按区域、类别、部门、周或事项的数量、用时和超时比例
         */
        get: operations["incidentStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{district}/{code}/near": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who and what is near an incident, by the streets
         * @description 事件附近的处置人员、站点和监控点位
         */
        get: operations["near"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/duty": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Come on duty, or go off it
         * @description 上岗或离岗
         */
        put: operations["setDuty"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/position": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say where one is: kept on duty only, and for a day
         * @description 上报自己的位置，仅在岗时保留一天
         */
        put: operations["setPosition"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/responders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is on duty, and where they were seen last
         * @description 在岗人员及其最近位置
         */
        get: operations["responders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations-map/{district}/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The operations map of an area, to print
         * @description 一个社区、网格或小区的作战图，供打印
         */
        get: operations["operationsMap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{district}/{code}/photos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The photos of an incident, without their bytes
         * @description 一个事件的照片清单
         */
        get: operations["photos"];
        put?: never;
        /**
         * Add a photo: a JPEG, PNG or WebP, of which only what it shows is kept, not where it was taken
         * @description 添加一张照片：JPEG、PNG 或 WebP，只保留画面，位置等信息一律去除
         */
        post: operations["addPhoto"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{district}/{code}/photos/{photo}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One photo, as a JPEG
         * @description 一张照片
         */
        get: operations["photo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Graded responses, those on and those past, and their ledger
         * @description 分级响应：进行中和已结束的，以及台账
         */
        get: operations["responses"];
        put?: never;
        /**
         * Switch a graded response on
         * @description 启动分级响应
         */
        post: operations["switchOnResponse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/responses/ledger.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The ledger of graded responses as CSV
         * @description 分级响应台账（CSV）
         */
        get: operations["responsesLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/responses/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a response would mean: who is convened, what is inside
         * @description 启动前查看：召集谁，涉及多少
         */
        post: operations["previewResponse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/responses/{district}/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One graded response: who is convened, the incidents inside
         * @description 一次分级响应：召集名单和其中的事件
         */
        get: operations["response"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/responses/{district}/{code}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch a graded response off, with its report
         * @description 结束分级响应，须附报告
         */
        post: operations["switchOffResponse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens to incidents, as it happens; resumes from Last-Event-ID
         * @description 事件动态，可断点续传
         */
        get: operations["events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/layers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The layers, their legends and counts
         * @description 可开关的图层、图例与数量
         */
        get: operations["listLayers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/styles/{theme}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The style of the map, for MapLibre
         * @description MapLibre 样式
         */
        get: operations["getStyle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/styles/{theme}/symbols.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The symbols that the style names, as SVG
         * @description 样式所用的图标
         */
        get: operations["getSymbols"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The collections that can be read
         * @description 可读取的数据集
         */
        get: operations["listCollections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Areas: what the collection holds
         * @description 区域：说明
         */
        get: operations["describeAreas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/compounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compounds: what the collection holds
         * @description 小区：说明
         */
        get: operations["describeCompounds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/buildings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Buildings: what the collection holds
         * @description 楼栋：说明
         */
        get: operations["describeBuildings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/stations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stations: what the collection holds
         * @description 服务站点：说明
         */
        get: operations["describeStations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Incidents: what the collection holds
         * @description 事件：说明
         */
        get: operations["describeIncidents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/cameras": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Camera sites: what the collection holds
         * @description 监控点位：说明
         */
        get: operations["describeCameras"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/roads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Roads: what the collection holds
         * @description 道路：说明
         */
        get: operations["describeRoads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Assets: what the collection holds
         * @description 部件设施：说明
         */
        get: operations["describeAssets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/ground": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ground: what the collection holds
         * @description 底图地物：说明
         */
        get: operations["describeGround"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/areas/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Areas, page by page
         * @description 区域：逐页读取
         */
        get: operations["listAreas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/areas/items/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of areas by its code
         * @description 区域：按编码读取一条
         */
        get: operations["getAreasItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/areas/queryables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The properties by which areas can be filtered
         * @description 区域：可用于筛选的属性
         */
        get: operations["getAreasQueryables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/compounds/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compounds, page by page
         * @description 小区：逐页读取
         */
        get: operations["listCompounds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/compounds/items/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of compounds by its code
         * @description 小区：按编码读取一条
         */
        get: operations["getCompoundsItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/compounds/queryables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The properties by which compounds can be filtered
         * @description 小区：可用于筛选的属性
         */
        get: operations["getCompoundsQueryables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/buildings/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Buildings, page by page
         * @description 楼栋：逐页读取
         */
        get: operations["listBuildings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/buildings/items/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of buildings by its code
         * @description 楼栋：按编码读取一条
         */
        get: operations["getBuildingsItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/buildings/queryables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The properties by which buildings can be filtered
         * @description 楼栋：可用于筛选的属性
         */
        get: operations["getBuildingsQueryables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/stations/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stations, page by page
         * @description 服务站点：逐页读取
         */
        get: operations["listStations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/stations/items/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of stations by its code
         * @description 服务站点：按编码读取一条
         */
        get: operations["getStationsItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/stations/queryables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The properties by which stations can be filtered
         * @description 服务站点：可用于筛选的属性
         */
        get: operations["getStationsQueryables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/incidents/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Incidents, page by page
         * @description 事件：逐页读取
         */
        get: operations["listIncidents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/incidents/items/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of incidents by its code
         * @description 事件：按编码读取一条
         */
        get: operations["getIncidentsItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/incidents/queryables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The properties by which incidents can be filtered
         * @description 事件：可用于筛选的属性
         */
        get: operations["getIncidentsQueryables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/cameras/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Camera sites, page by page
         * @description 监控点位：逐页读取
         */
        get: operations["listCameras"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/cameras/items/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of camera sites by its code
         * @description 监控点位：按编码读取一条
         */
        get: operations["getCamerasItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/cameras/queryables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The properties by which camera sites can be filtered
         * @description 监控点位：可用于筛选的属性
         */
        get: operations["getCamerasQueryables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/roads/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Roads, page by page
         * @description 道路：逐页读取
         */
        get: operations["listRoads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/roads/items/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of roads by its code
         * @description 道路：按编码读取一条
         */
        get: operations["getRoadsItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/roads/queryables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The properties by which roads can be filtered
         * @description 道路：可用于筛选的属性
         */
        get: operations["getRoadsQueryables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/assets/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Assets, page by page
         * @description 部件设施：逐页读取
         */
        get: operations["listAssets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/assets/items/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of assets by its code
         * @description 部件设施：按编码读取一条
         */
        get: operations["getAssetsItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/assets/queryables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The properties by which assets can be filtered
         * @description 部件设施：可用于筛选的属性
         */
        get: operations["getAssetsQueryables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/ground/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ground, page by page
         * @description 底图地物：逐页读取
         */
        get: operations["listGround"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/ground/items/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of ground by its code
         * @description 底图地物：按编码读取一条
         */
        get: operations["getGroundItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/ground/queryables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The properties by which ground can be filtered
         * @description 底图地物：可用于筛选的属性
         */
        get: operations["getGroundQueryables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tileMatrixSets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tile matrix sets
         * @description 瓦片矩阵集
         */
        get: operations["listTileMatrixSets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tileMatrixSets/WebMercatorQuad": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tile matrix set WebMercatorQuad
         * @description 瓦片矩阵集 WebMercatorQuad
         */
        get: operations["getWebMercatorQuad"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/areas/tiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Areas: the sets of tiles
         * @description 区域：瓦片集
         */
        get: operations["listAreasTilesets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/areas/tiles/WebMercatorQuad": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Areas: the set of tiles, or its TileJSON
         * @description 区域：瓦片集说明，或 TileJSON
         */
        get: operations["getAreasTileset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/areas/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Areas: a vector tile
         * @description 区域：矢量瓦片
         */
        get: operations["getAreasTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/compounds/tiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compounds: the sets of tiles
         * @description 小区：瓦片集
         */
        get: operations["listCompoundsTilesets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/compounds/tiles/WebMercatorQuad": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compounds: the set of tiles, or its TileJSON
         * @description 小区：瓦片集说明，或 TileJSON
         */
        get: operations["getCompoundsTileset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/compounds/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compounds: a vector tile
         * @description 小区：矢量瓦片
         */
        get: operations["getCompoundsTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/buildings/tiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Buildings: the sets of tiles
         * @description 楼栋：瓦片集
         */
        get: operations["listBuildingsTilesets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/buildings/tiles/WebMercatorQuad": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Buildings: the set of tiles, or its TileJSON
         * @description 楼栋：瓦片集说明，或 TileJSON
         */
        get: operations["getBuildingsTileset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/buildings/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Buildings: a vector tile
         * @description 楼栋：矢量瓦片
         */
        get: operations["getBuildingsTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/ground/tiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ground: the sets of tiles
         * @description 底图地物：瓦片集
         */
        get: operations["listGroundTilesets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/ground/tiles/WebMercatorQuad": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ground: the set of tiles, or its TileJSON
         * @description 底图地物：瓦片集说明，或 TileJSON
         */
        get: operations["getGroundTileset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/ground/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ground: a vector tile
         * @description 底图地物：矢量瓦片
         */
        get: operations["getGroundTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/roads/tiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Roads: the sets of tiles
         * @description 道路：瓦片集
         */
        get: operations["listRoadsTilesets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/roads/tiles/WebMercatorQuad": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Roads: the set of tiles, or its TileJSON
         * @description 道路：瓦片集说明，或 TileJSON
         */
        get: operations["getRoadsTileset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/roads/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Roads: a vector tile
         * @description 道路：矢量瓦片
         */
        get: operations["getRoadsTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/stations/tiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stations: the sets of tiles
         * @description 服务站点：瓦片集
         */
        get: operations["listStationsTilesets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/stations/tiles/WebMercatorQuad": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stations: the set of tiles, or its TileJSON
         * @description 服务站点：瓦片集说明，或 TileJSON
         */
        get: operations["getStationsTileset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/stations/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stations: a vector tile
         * @description 服务站点：矢量瓦片
         */
        get: operations["getStationsTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/circles/tiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Service circles: the sets of tiles
         * @description 服务圈：瓦片集
         */
        get: operations["listCirclesTilesets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/circles/tiles/WebMercatorQuad": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Service circles: the set of tiles, or its TileJSON
         * @description 服务圈：瓦片集说明，或 TileJSON
         */
        get: operations["getCirclesTileset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/circles/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Service circles: a vector tile
         * @description 服务圈：矢量瓦片
         */
        get: operations["getCirclesTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/incidents/tiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Incidents: the sets of tiles
         * @description 事件：瓦片集
         */
        get: operations["listIncidentsTilesets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/incidents/tiles/WebMercatorQuad": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Incidents: the set of tiles, or its TileJSON
         * @description 事件：瓦片集说明，或 TileJSON
         */
        get: operations["getIncidentsTileset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/incidents/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Incidents: a vector tile
         * @description 事件：矢量瓦片
         */
        get: operations["getIncidentsTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/cameras/tiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Camera sites: the sets of tiles
         * @description 监控点位：瓦片集
         */
        get: operations["listCamerasTilesets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/cameras/tiles/WebMercatorQuad": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Camera sites: the set of tiles, or its TileJSON
         * @description 监控点位：瓦片集说明，或 TileJSON
         */
        get: operations["getCamerasTileset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/cameras/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Camera sites: a vector tile
         * @description 监控点位：矢量瓦片
         */
        get: operations["getCamerasTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/assets/tiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Assets: the sets of tiles
         * @description 部件设施：瓦片集
         */
        get: operations["listAssetsTilesets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/assets/tiles/WebMercatorQuad": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Assets: the set of tiles, or its TileJSON
         * @description 部件设施：瓦片集说明，或 TileJSON
         */
        get: operations["getAssetsTileset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/assets/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Assets: a vector tile
         * @description 部件设施：矢量瓦片
         */
        get: operations["getAssetsTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AreasFeature: {
            /** @constant */
            type: "Feature";
            id: string;
            geometry: components["schemas"]["Geometry"] | null;
            properties: {
                /** Code */
                code: string;
                /** District */
                district: string;
                /** Name */
                name: string | null;
                /** English name */
                name_en: string | null;
                /** Tree */
                tree: string;
                /**
                 * Level
                 * @enum {string}
                 */
                level: "district" | "street" | "community" | "grid" | "compound" | "building" | "legacy_grid";
                /** Parent */
                parent: string | null;
                /** Path */
                path: string;
                /** From edition */
                from_edition: number;
                /** To edition */
                to_edition: number | null;
                /** Kind */
                kind: string | null;
                /**
                 * Management
                 * @enum {string|null}
                 */
                management: "property_company" | "owners" | "community" | "none" | null;
                /** Model community */
                model: boolean | null;
                /** Households */
                households: number | null;
                /** Elderly people living alone */
                elderly_alone: number | null;
                /** Floors */
                floors: number | null;
                /** Height (m) */
                height_m: number | null;
                /** Staircases */
                staircases: number | null;
                /** Year built */
                built: number | null;
                /** Other attributes (JSON) */
                extra: unknown;
            };
            links?: components["schemas"]["Link"][];
        };
        AreasPage: {
            /** @constant */
            type: "FeatureCollection";
            /** Format: date-time */
            timeStamp: string;
            numberMatched: number;
            numberReturned: number;
            links: components["schemas"]["Link"][];
            features: components["schemas"]["AreasFeature"][];
        };
        AssetsFeature: {
            /** @constant */
            type: "Feature";
            id: string;
            geometry: components["schemas"]["Geometry"] | null;
            properties: {
                /** Code */
                code: string;
                /** District */
                district: string;
                /** Name */
                name: string | null;
                /** English name */
                name_en: string | null;
                /**
                 * Kind
                 * @enum {string|null}
                 */
                kind: "gate" | "light" | "parking.car" | "parking.two_wheeler" | "bench" | "sports_ground" | "led_screen" | "service_machine" | "recreation" | null;
                /** Compound */
                compound: string | null;
                /** Responsible area */
                responsible: string | null;
                /** Path */
                path: string | null;
                /** Other attributes (JSON) */
                extra: unknown;
            };
            links?: components["schemas"]["Link"][];
        };
        AssetsPage: {
            /** @constant */
            type: "FeatureCollection";
            /** Format: date-time */
            timeStamp: string;
            numberMatched: number;
            numberReturned: number;
            links: components["schemas"]["Link"][];
            features: components["schemas"]["AssetsFeature"][];
        };
        AtWork: {
            account: string;
            name: string;
            /** @description Open cases that they are on and the caller sees */
            busy: number;
        };
        BuildingsFeature: {
            /** @constant */
            type: "Feature";
            id: string;
            geometry: components["schemas"]["Geometry"] | null;
            properties: {
                /** Code */
                code: string;
                /** District */
                district: string;
                /** Name */
                name: string | null;
                /** English name */
                name_en: string | null;
                /** Tree */
                tree: string;
                /**
                 * Level
                 * @enum {string}
                 */
                level: "district" | "street" | "community" | "grid" | "compound" | "building" | "legacy_grid";
                /** Parent */
                parent: string | null;
                /** Path */
                path: string;
                /** From edition */
                from_edition: number;
                /** To edition */
                to_edition: number | null;
                /** Kind */
                kind: string | null;
                /**
                 * Management
                 * @enum {string|null}
                 */
                management: "property_company" | "owners" | "community" | "none" | null;
                /** Model community */
                model: boolean | null;
                /** Households */
                households: number | null;
                /** Elderly people living alone */
                elderly_alone: number | null;
                /** Floors */
                floors: number | null;
                /** Height (m) */
                height_m: number | null;
                /** Staircases */
                staircases: number | null;
                /** Year built */
                built: number | null;
                /** Other attributes (JSON) */
                extra: unknown;
            };
            links?: components["schemas"]["Link"][];
        };
        BuildingsPage: {
            /** @constant */
            type: "FeatureCollection";
            /** Format: date-time */
            timeStamp: string;
            numberMatched: number;
            numberReturned: number;
            links: components["schemas"]["Link"][];
            features: components["schemas"]["BuildingsFeature"][];
        };
        CamerasFeature: {
            /** @constant */
            type: "Feature";
            id: string;
            geometry: components["schemas"]["Geometry"] | null;
            properties: {
                /** Code */
                code: string;
                /** District */
                district: string;
                /** Name */
                name: string | null;
                /** English name */
                name_en: string | null;
                /**
                 * Device type
                 * @enum {string|null}
                 */
                kind: "131" | "132" | null;
                /**
                 * State
                 * @enum {string|null}
                 */
                state: "online" | "offline" | "fault" | null;
                /**
                 * Mounted at
                 * @enum {string|null}
                 */
                place: "gate" | "wall_corner" | "entrance" | "path" | "street" | null;
                /** Height (m) */
                height_m: number | null;
                /** Bearing (°) */
                bearing: number | null;
                /** Field of view (°) */
                field_of_view: number | null;
                /** Range (m) */
                range_m: number | null;
                /** Compound */
                compound: string | null;
                /** Responsible area */
                responsible: string | null;
                /** Path */
                path: string | null;
                /** Other attributes (JSON) */
                extra: unknown;
            };
            links?: components["schemas"]["Link"][];
        };
        CamerasPage: {
            /** @constant */
            type: "FeatureCollection";
            /** Format: date-time */
            timeStamp: string;
            numberMatched: number;
            numberReturned: number;
            links: components["schemas"]["Link"][];
            features: components["schemas"]["CamerasFeature"][];
        };
        Candidate: {
            /** @enum {string} */
            level: "district" | "street" | "community" | "grid" | "compound" | "building" | "legacy_grid";
            /** @description The area; null for the chance that no area owns the place */
            code: string | null;
            name: string | null;
            name_en: string | null;
            path: string | null;
            probability: number;
            /** @description Metres from the given position to the nearest edge of the area */
            distance_m: number;
        };
        Collection: {
            id: string;
            title: string;
            description: string;
            /** @enum {string} */
            itemType: "feature";
            crs: string[];
            storageCrs: string;
            extent: {
                spatial?: {
                    bbox: number[][];
                    crs: string;
                };
                temporal?: {
                    interval: (string | null)[][];
                    trs: string;
                };
            };
            links: components["schemas"]["Link"][];
        };
        Collections: {
            links: components["schemas"]["Link"][];
            collections: components["schemas"]["Collection"][];
        };
        CompoundsFeature: {
            /** @constant */
            type: "Feature";
            id: string;
            geometry: components["schemas"]["Geometry"] | null;
            properties: {
                /** Code */
                code: string;
                /** District */
                district: string;
                /** Name */
                name: string | null;
                /** English name */
                name_en: string | null;
                /** Tree */
                tree: string;
                /**
                 * Level
                 * @enum {string}
                 */
                level: "district" | "street" | "community" | "grid" | "compound" | "building" | "legacy_grid";
                /** Parent */
                parent: string | null;
                /** Path */
                path: string;
                /** From edition */
                from_edition: number;
                /** To edition */
                to_edition: number | null;
                /** Kind */
                kind: string | null;
                /**
                 * Management
                 * @enum {string|null}
                 */
                management: "property_company" | "owners" | "community" | "none" | null;
                /** Model community */
                model: boolean | null;
                /** Households */
                households: number | null;
                /** Elderly people living alone */
                elderly_alone: number | null;
                /** Floors */
                floors: number | null;
                /** Height (m) */
                height_m: number | null;
                /** Staircases */
                staircases: number | null;
                /** Year built */
                built: number | null;
                /** Other attributes (JSON) */
                extra: unknown;
            };
            links?: components["schemas"]["Link"][];
        };
        CompoundsPage: {
            /** @constant */
            type: "FeatureCollection";
            /** Format: date-time */
            timeStamp: string;
            numberMatched: number;
            numberReturned: number;
            links: components["schemas"]["Link"][];
            features: components["schemas"]["CompoundsFeature"][];
        };
        Conformance: {
            conformsTo: string[];
        };
        Demo: {
            /** @description So many times as fast as a real day */
            speed: number;
            paused: boolean;
            /** @description It has stopped for good, because the store is no demo any more */
            ended: boolean;
            /** @description Where it plays, by slug */
            districts: string[];
            /** @description What a screen offers */
            speeds: number[];
        };
        District: {
            slug: string;
            code: string;
            name: string;
            name_en: string;
            centre: number[];
            box: number[];
            town: number[] | null;
            edition: number | null;
            /** Format: date-time */
            published_at: string | null;
            synthetic: boolean;
        };
        Districts: {
            districts: components["schemas"]["District"][];
        };
        Duty: {
            account: string;
            district: string;
            on_duty: boolean;
            /** Format: date-time */
            seen_at: string | null;
        };
        DutyHolder: {
            post: string;
            post_name: components["schemas"]["Words"];
            holder: string | null;
            vacant: boolean;
            staircase: number | null;
        };
        EventItem: {
            code: string;
            name: components["schemas"]["Words"];
            category: string;
            category_name: components["schemas"]["Words"];
            department: string;
            department_name: components["schemas"]["Words"];
            priority: number;
            dispute: boolean;
            arrive: components["schemas"]["TimeLimit"];
            close: components["schemas"]["TimeLimit"];
        };
        EventList: {
            version: string;
            items: components["schemas"]["EventItem"][];
        };
        Geometry: {
            /** @constant */
            type: "Point";
            coordinates: number[];
        } | {
            /** @constant */
            type: "LineString";
            coordinates: number[][];
        } | {
            /** @constant */
            type: "MultiPoint";
            coordinates: number[][];
        } | {
            /** @constant */
            type: "MultiLineString";
            coordinates: number[][][];
        } | {
            /** @constant */
            type: "Polygon";
            coordinates: number[][][];
        } | {
            /** @constant */
            type: "MultiPolygon";
            coordinates: number[][][][];
        };
        GradedResponse: {
            district: string;
            code: string;
            /** @enum {integer} */
            level: 1 | 2 | 3;
            level_name: components["schemas"]["Words"];
            /** @enum {string} */
            meeting: "dispatch" | "assessment" | "joint" | "grid" | "bench";
            meeting_name: components["schemas"]["Words"];
            /** @enum {string} */
            kind: "area" | "circle" | "drawn";
            /** @description Of the smallest area that holds the whole shape */
            path: string;
            area: {
                name: string | null;
                name_en: string | null;
            };
            reason: string;
            active: boolean;
            /** @description Whether the caller may switch it off: it is on, and lies within the caller's areas */
            may_end: boolean;
            /** @description Calendar days of the district, both ends counted: on its first day 1 */
            days: number;
            /** Format: date-time */
            opened_at: string;
            opened_by: string;
            /** Format: date-time */
            closed_at: string | null;
            closed_by: string | null;
            report: string | null;
            /** @description Send it as If-Match to switch it off */
            version: number;
            /** @description While it is on: GeoJSON, WGS 84 */
            geometry: Record<string, never> | null;
        };
        GradedResponses: {
            /** Format: date-time */
            now: string;
            /** @description Whether the caller's role switches responses */
            may_switch: boolean;
            /** @description The latest first */
            responses: components["schemas"]["GradedResponse"][];
            ledger: components["schemas"]["ResponseLedger"];
        };
        GroundFeature: {
            /** @constant */
            type: "Feature";
            id: string;
            geometry: components["schemas"]["Geometry"] | null;
            properties: {
                /** Code */
                code: string;
                /** District */
                district: string;
                /** Name */
                name: string | null;
                /** English name */
                name_en: string | null;
                /**
                 * Kind
                 * @enum {string|null}
                 */
                kind: "water" | "green" | "block" | "plaza" | "sports" | "farmland" | "structure" | "railway" | "wall" | "tree" | null;
                /** Height (m) */
                height_m: number | null;
                /** Other attributes (JSON) */
                extra: unknown;
            };
            links?: components["schemas"]["Link"][];
        };
        GroundPage: {
            /** @constant */
            type: "FeatureCollection";
            /** Format: date-time */
            timeStamp: string;
            numberMatched: number;
            numberReturned: number;
            links: components["schemas"]["Link"][];
            features: components["schemas"]["GroundFeature"][];
        };
        Health: {
            /** @enum {string} */
            status: "ok";
            version: string;
            store: string;
            warming_up: boolean;
            revisions: {
                [key: string]: number;
            };
            editions: {
                district: string;
                tree: string;
                edition: number;
            }[];
            calendars: {
                district: string;
                /** Format: date */
                listed_until: string | null;
                runs_out: boolean;
            }[];
        };
        Hit: {
            collection: string;
            district: string | null;
            code: string;
            name: string;
            name_en: string;
            level: string | null;
            kind: string | null;
            kind_name: components["schemas"]["Words"] | null;
            position: number[];
            box: number[];
        };
        Hits: {
            hits: components["schemas"]["Hit"][];
        };
        Incident: {
            incident: components["schemas"]["IncidentRow"];
            /** @description Send it as If-Match with the next step */
            version: number;
            list_version: string | null;
            item: components["schemas"]["EventItem"] | null;
            /** @description The path of the area whose centre has the case */
            command: string | null;
            /** @description What waits for the decision of another person */
            asked: Record<string, never> | null;
            /**
             * Format: date-time
             * @description Until when the caller can take the last step back
             */
            take_back_until: string | null;
            /** @description What was left when the clock was stopped */
            left_s: number | null;
            tag: components["schemas"]["IncidentTag"];
            reason: components["schemas"]["Words"] | null;
            route: components["schemas"]["IncidentRoute"] | null;
            /** @description What the caller may do next */
            acts: components["schemas"]["IncidentAct"][];
            /** @description What may be of the same thing; offered, never merged alone */
            duplicates: components["schemas"]["IncidentLikeness"][];
            /** @description The codes of those that were merged into it, within the caller's area */
            merged: string[];
            history: components["schemas"]["IncidentStep"][];
            photos: components["schemas"]["Photo"][];
            /** @description The names of the accounts that are told of, by their logins */
            names: {
                [key: string]: string;
            };
            owners: components["schemas"]["IncidentOwner"][];
        };
        IncidentAct: {
            /** @enum {string} */
            act: "report" | "file" | "dispatch" | "arrive" | "handle" | "rework" | "verify" | "close" | "ask_return" | "ask_suspension" | "ask_extension" | "approve" | "decline" | "withdraw" | "resume" | "escalate" | "merge" | "move" | "reopen" | "mediate" | "note" | "take_back";
            name: components["schemas"]["Words"];
            reason?: boolean;
            asks?: boolean;
        };
        IncidentBoard: {
            /** @description The last event that this holds: follow /events from here */
            event: number;
            /** Format: date-time */
            now: string;
            /** @description How many incidents the filter leaves, more than are listed perhaps */
            matched: number;
            tally: {
                state: {
                    [key: string]: number;
                };
                category: {
                    [key: string]: number;
                };
                department: {
                    [key: string]: number;
                };
                priority: {
                    [key: string]: number;
                };
                /** @description Of running, running_out, overdue, paused, stopped */
                clock: {
                    [key: string]: number;
                };
                /** @description By the path of the area to whose centre they were escalated */
                escalated_to: {
                    [key: string]: number;
                };
            };
            incidents: components["schemas"]["IncidentRow"][];
        };
        IncidentCluster: {
            /** @description The mean of its incidents */
            lon: number;
            lat: number;
            count: number;
            /** @description How many of priority 1, 2, 3 and 4 */
            priorities: number[];
            overdue: number;
            /** @description The extent of its incidents: west, south, east, north */
            bbox: number[];
            /** @description The area of the level in work that all of them lie in */
            path: string | null;
        };
        IncidentClusters: {
            /** @description The last event that this holds */
            event: number;
            /** Format: date-time */
            now: string;
            /** @description The zoom that was gathered for: less than asked where there would be too many */
            zoom: number;
            /**
             * @description The level in work, across whose boundaries nothing is gathered
             * @enum {string}
             */
            level: "district" | "street" | "community" | "grid";
            /** @description How many incidents with a position the filter leaves */
            matched: number;
            clusters: components["schemas"]["IncidentCluster"][];
            /** @description Those that stand alone */
            incidents: components["schemas"]["IncidentRow"][];
            /** @description Longitude, latitude and count of small cells, where `heat` was asked for */
            heat?: number[][];
        };
        IncidentFigures: {
            reported: number;
            merged: number;
            closed: number;
            open_now: number;
            reopened: number;
            response_known: number;
            response_unknown: number;
            response_median_s: number | null;
            response_p90_s: number | null;
            late_arrivals: number;
            late_arrivals_of: number;
            late_arrivals_share: number | null;
            closing_known: number;
            closing_unknown: number;
            closing_median_s: number | null;
            closing_p90_s: number | null;
            overdue: number;
            overdue_of: number;
            overdue_pending: number;
            overdue_unknown: number;
            overdue_share: number | null;
        };
        IncidentLikeness: {
            code: string;
            score: number;
            distance_m: number;
            apart_s: number;
            why: components["schemas"]["Words"];
        };
        IncidentOwner: {
            level: string;
            level_name?: components["schemas"]["Words"];
            code: string;
            name: string | null;
            name_en: string | null;
        };
        IncidentReported: {
            district: string;
            code: string;
            version: number;
            /** Format: date-time */
            take_back_until: string | null;
            /** @enum {string} */
            state: "reported" | "filed" | "dispatched" | "on_site" | "handled" | "verified" | "closed" | "returned" | "suspended";
            path: string | null;
            tag: components["schemas"]["IncidentTag"];
            acts: components["schemas"]["IncidentAct"][];
            reason: components["schemas"]["Words"];
            owners: components["schemas"]["IncidentOwner"][];
            route: components["schemas"]["IncidentRoute"] | null;
            /** Format: date-time */
            due_at: string | null;
        };
        IncidentRoute: {
            department: string;
            department_name: components["schemas"]["Words"];
            area: string | null;
            holder: string | null;
            /** @description The login of the holder, where the post names one */
            account: string | null;
            post: string | null;
            why: components["schemas"]["Words"];
        };
        IncidentRow: {
            code: string;
            district: string;
            name: string | null;
            name_en: string | null;
            kind: string | null;
            category: string | null;
            state: string | null;
            priority: number | null;
            dispute: boolean | null;
            department: string | null;
            /** Format: date-time */
            reported_at: string | null;
            /** Format: date-time */
            arrive_by: string | null;
            /** Format: date-time */
            arrived_at: string | null;
            /**
             * Format: date-time
             * @description From then on the limits count: the report, or the reopening, as much later as it was suspended
             */
            clock_from: string | null;
            /** Format: date-time */
            due_at: string | null;
            /**
             * Format: date-time
             * @description From then on the clock is running out
             */
            warn_at: string | null;
            /** Format: date-time */
            closed_at: string | null;
            responder: string | null;
            /** @enum {string|null} */
            mediator: "community_judge" | "legal_adviser" | "peoples_mediator" | null;
            merged_into: string | null;
            responsible: string | null;
            path: string | null;
            /** @description The path of the area to whose centre it was escalated */
            escalated_to: string | null;
            note: string | null;
            floor: number | null;
            staircase: number | null;
            accuracy_m: number | null;
            lon: number | null;
            lat: number | null;
            place: components["schemas"]["Words"] | null;
        };
        IncidentStatistics: {
            /**
             * Format: date-time
             * @description As of when
             */
            now: string;
            /** @enum {string} */
            by: "area" | "category" | "department" | "week" | "item";
            /**
             * @description Of the areas, where they are what is counted by
             * @enum {string|null}
             */
            level: "district" | "street" | "community" | "grid" | "compound" | null;
            /** @description Those that may be counted by below what was chosen, the next one first */
            levels: ("district" | "street" | "community" | "grid" | "compound")[];
            /** @description The chosen area and those above it, from the top down */
            chain: {
                path: string;
                code: string;
                level: string;
                name: string | null;
                name_en: string | null;
            }[];
            period: {
                /** Format: date */
                first_day: string;
                /**
                 * Format: date
                 * @description The last day that is counted
                 */
                last_day: string;
                days: number;
            };
            period_before: {
                /** Format: date */
                first_day: string;
                /**
                 * Format: date
                 * @description The last day that is counted
                 */
                last_day: string;
                days: number;
            };
            /**
             * Format: date
             * @description The day of the first report that the caller may see; null where there is none
             */
            known_since: string | null;
            total: components["schemas"]["IncidentFigures"];
            /** @description The same of the period of the same length before */
            total_before: components["schemas"]["IncidentFigures"];
            /** @description Those in which something is counted */
            groups: components["schemas"]["IncidentStatisticsLine"][];
            /** @description ISO weeks in the districts' time, empty ones too */
            weeks: components["schemas"]["IncidentStatisticsLine"][];
        };
        IncidentStatisticsLine: {
            /** @description A path, a member of a set, an item, or the date of a Monday; null where it is not known */
            key: string | null;
            /** @description Of an area or an item; of a week as 2026-W47 */
            code: string | null;
            name: components["schemas"]["Words"];
            district: string | null;
            /** @enum {string|null} */
            level: "district" | "street" | "community" | "grid" | "compound" | null;
            /** Format: date */
            first_day: string;
            /**
             * Format: date
             * @description The last day that is counted
             */
            last_day: string;
            figures: components["schemas"]["IncidentFigures"];
        };
        IncidentStep: {
            number: number;
            /** Format: date-time */
            at: string;
            actor: string;
            role: string;
            role_name: components["schemas"]["Words"];
            /** @enum {string} */
            act: "report" | "file" | "dispatch" | "arrive" | "handle" | "rework" | "verify" | "close" | "ask_return" | "ask_suspension" | "ask_extension" | "approve" | "decline" | "withdraw" | "resume" | "escalate" | "merge" | "move" | "reopen" | "mediate" | "note" | "take_back";
            act_name: components["schemas"]["Words"];
            /** @enum {string} */
            before: "reported" | "filed" | "dispatched" | "on_site" | "handled" | "verified" | "closed" | "returned" | "suspended";
            /** @enum {string} */
            after: "reported" | "filed" | "dispatched" | "on_site" | "handled" | "verified" | "closed" | "returned" | "suspended";
            reason: string | null;
            details: {
                [key: string]: unknown;
            };
        };
        IncidentStepped: {
            district: string;
            code: string;
            version: number;
            /**
             * Format: date-time
             * @description Until when who took it can take it back
             */
            take_back_until: string | null;
            /** @enum {string} */
            state: "reported" | "filed" | "dispatched" | "on_site" | "handled" | "verified" | "closed" | "returned" | "suspended";
            path: string | null;
            tag: components["schemas"]["IncidentTag"];
            acts: components["schemas"]["IncidentAct"][];
        };
        IncidentTag: {
            [key: string]: unknown;
        };
        IncidentsFeature: {
            /** @constant */
            type: "Feature";
            id: string;
            geometry: components["schemas"]["Geometry"] | null;
            properties: {
                /** Code */
                code: string;
                /** District */
                district: string;
                /** Name */
                name: string | null;
                /** English name */
                name_en: string | null;
                /** Item */
                kind: string | null;
                /** Category */
                category: string | null;
                /**
                 * State
                 * @enum {string|null}
                 */
                state: "reported" | "filed" | "dispatched" | "on_site" | "handled" | "verified" | "closed" | "returned" | "suspended" | null;
                /** Priority */
                priority: number | null;
                /** Dispute */
                dispute: boolean | null;
                /** Department */
                department: string | null;
                /**
                 * Reported
                 * Format: date-time
                 */
                reported_at: string | null;
                /**
                 * Due
                 * Format: date-time
                 */
                due_at: string | null;
                /**
                 * Closed
                 * Format: date-time
                 */
                closed_at: string | null;
                /** Accuracy (m) */
                accuracy_m: number | null;
                /** Datum */
                datum: string | null;
                /** First tagged with */
                first_responsible: string | null;
                /** Edition of the first tag */
                first_edition: number | null;
                /** Note */
                note?: string | null;
                /** Floor */
                floor: number | null;
                /** Staircase */
                staircase: number | null;
                /**
                 * To be there by
                 * Format: date-time
                 */
                arrive_by: string | null;
                /**
                 * Arrived
                 * Format: date-time
                 */
                arrived_at: string | null;
                /** Responder */
                responder?: string | null;
                /**
                 * Mediator
                 * @enum {string|null}
                 */
                mediator: "community_judge" | "legal_adviser" | "peoples_mediator" | null;
                /** Merged into */
                merged_into: string | null;
                /**
                 * Clock from
                 * Format: date-time
                 */
                clock_from: string | null;
                /** Responsible area */
                responsible: string | null;
                /** Path */
                path: string | null;
                /** Other attributes (JSON) */
                extra: unknown;
            };
            links?: components["schemas"]["Link"][];
        };
        IncidentsPage: {
            /** @constant */
            type: "FeatureCollection";
            /** Format: date-time */
            timeStamp: string;
            numberMatched: number;
            numberReturned: number;
            links: components["schemas"]["Link"][];
            features: components["schemas"]["IncidentsFeature"][];
        };
        Landing: {
            title: string;
            description: string;
            attribution: string;
            links: components["schemas"]["Link"][];
        };
        Layer: {
            id: string;
            /** @enum {string} */
            element: "people" | "places" | "events" | "things" | "organisations";
            title: components["schemas"]["Words"];
            note: components["schemas"]["Words"] | null;
            /** @enum {string} */
            audience: "public" | "staff";
            visible: boolean;
            base: boolean;
            zooms: number[];
            count: number | null;
            legend: components["schemas"]["LegendLine"][];
            style_layers: string[];
        };
        Layers: {
            layers: components["schemas"]["Layer"][];
        };
        LegendLine: {
            label: components["schemas"]["Words"];
            symbol: string | null;
            fill: string | null;
            fill_opacity: number | null;
            line: string | null;
            line_width: number | null;
            dash: number[] | null;
            hatch: string | null;
            dot: boolean;
            count: number | null;
        };
        Link: {
            rel: string;
            href: string;
            type: string;
            title?: string;
            templated?: boolean;
        };
        LocateColumns: {
            /** @description Longitudes in degrees */
            lon: number[];
            /** @description Latitudes in degrees, as many */
            lat: number[];
            /**
             * @default wgs84
             * @enum {string}
             */
            crs: "wgs84" | "cgcs2000" | "gcj02" | "bd09";
            /** @description Answer with the editions of this time (RFC 3339 with its zone) */
            at?: string;
            /** @description The levels to tell; all of them where it is left out */
            levels?: ("district" | "street" | "community" | "grid" | "compound" | "building" | "legacy_grid")[];
        };
        Located: {
            lon: number;
            lat: number;
            district: components["schemas"]["LocatedDistrict"] | null;
            trees: components["schemas"]["LocatedTree"][];
            nearest: components["schemas"]["Near"][];
        };
        LocatedColumns: {
            points: number;
            editions: {
                district: string;
                tree: string;
                edition: number;
            }[];
            /** @description Each area that occurs, once; the columns below count its rows from 0 */
            areas: {
                code: string[];
                path: string[];
                level: ("district" | "street" | "community" | "grid" | "compound" | "building" | "legacy_grid")[];
                district: string[];
            };
            trees: components["schemas"]["LocatedTreeColumns"][];
        };
        LocatedDistrict: {
            slug: string;
            code: string;
            name: string;
            name_en: string;
            synthetic: boolean;
        };
        LocatedTree: {
            district: string;
            tree: string;
            edition: number;
            /** Format: date-time */
            published_at: string;
            owners: components["schemas"]["Owner"][];
            responsible: components["schemas"]["Responsible"] | null;
            reason: components["schemas"]["Words"];
            /** @description Whether the likeliest candidate is below 0.9: ask the person */
            ambiguous?: boolean;
            /** @description Metres from the given position to the edge that decides */
            edge_m?: number;
            /** @description The likeliest first, summing to 1; there where `accuracy` was given */
            candidates?: components["schemas"]["Candidate"][];
        };
        LocatedTreeColumns: {
            tree: string;
            /** @description For each point the row of the responsible area in `areas`, -1 for none */
            responsible: number[];
            /** @description For each level that owns any of the points: for each point the row of the owner in `areas`, -1 for none */
            owners: {
                [key: string]: number[];
            };
        };
        MeetingConvened: {
            /** @enum {string} */
            meeting: "dispatch" | "assessment" | "joint" | "grid" | "bench";
            name: components["schemas"]["Words"];
            areas: number;
            posts: number;
            vacant: number;
            /** @description The first of them */
            seats: components["schemas"]["SeatConvened"][];
        };
        Near: {
            district: string;
            tree: string;
            /** @enum {string} */
            level: "district" | "street" | "community" | "grid" | "compound" | "building" | "legacy_grid";
            level_name: components["schemas"]["Words"];
            code: string;
            name: string | null;
            name_en: string | null;
            path: string | null;
            /** @description Metres to the area, which does not own the place */
            distance_m: number;
        };
        NearCamera: {
            code: string;
            name: string | null;
            name_en: string | null;
            state: string | null;
            metres: number;
            bearing: number | null;
            field_of_view: number | null;
            range_m: number | null;
            lon: number;
            lat: number;
        };
        NearIncident: {
            /** @enum {string} */
            mode: "walking" | "driving";
            /** Format: date-time */
            now: string;
            /** @description On duty, the quickest first */
            responders: components["schemas"]["NearResponder"][];
            /** @description Where nobody is: who could be sent of those that are on a case in the district, the least busy first */
            at_work: components["schemas"]["AtWork"][];
            stations: components["schemas"]["NearStation"][];
            /** @description Whose sector holds the place; buildings in the way are not regarded */
            cameras: components["schemas"]["NearCamera"][];
        };
        NearResponder: {
            account: string;
            name: string;
            department: string | null;
            lon: number | null;
            lat: number | null;
            accuracy_m: number | null;
            /** Format: date-time */
            seen_at: string | null;
            /** @enum {string} */
            freshness: "fresh" | "ageing" | "stale" | "gone";
            /** @description Open cases that they are on */
            busy: number;
            way: components["schemas"]["Way"] | null;
        };
        NearStation: {
            code: string;
            name: string | null;
            name_en: string | null;
            kind: string | null;
            seconds: number;
            metres: number;
        };
        OnDuty: {
            account: string;
            district: string;
            name: string;
            department: string | null;
            lon: number;
            lat: number;
            accuracy_m: number | null;
            /** Format: date-time */
            seen_at: string;
            /** @enum {string} */
            freshness: "fresh" | "ageing" | "stale" | "gone";
            /** @description Open cases that they are on */
            busy: number;
        };
        Owner: {
            /** @enum {string} */
            level: "district" | "street" | "community" | "grid" | "compound" | "building" | "legacy_grid";
            level_name: components["schemas"]["Words"];
            code: string | null;
            name: string | null;
            name_en: string | null;
            kind: string | null;
            kind_name: components["schemas"]["Words"] | null;
            duty_holders?: components["schemas"]["DutyHolder"][];
            /** @description Whether the likeliest candidate is below 0.9: ask the person */
            ambiguous?: boolean;
            /** @description Metres from the given position to the edge that decides */
            edge_m?: number;
            /** @description The likeliest first, summing to 1; there where `accuracy` was given */
            candidates?: components["schemas"]["Candidate"][];
        };
        Photo: {
            /** @description Its number within the incident, the last step of its address */
            id: number;
            /** Format: date-time */
            at: string;
            /** @description Who added it */
            actor: string;
            width: number;
            height: number;
            /** @description It was there, and was erased when that was due */
            erased: boolean;
        };
        Photos: {
            photos: components["schemas"]["Photo"][];
        };
        PostConvened: {
            post: string;
            post_name: components["schemas"]["Words"];
            holder: string | null;
            area: string;
            /** @description While it is on: who holds the post now, where somebody else did then */
            now: {
                holder: string | null;
            } | null;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            problem: string;
            remedy: string | null;
            instance: string;
            details: Record<string, never>;
        };
        Queryables: {
            properties: {
                [key: string]: Record<string, never>;
            };
        };
        Responders: {
            /** Format: date-time */
            now: string;
            on_duty: number;
            /** @description Of them, those whose position is not gone */
            placed: number;
            /** @description Who was seen last first, as many as the limit */
            responders: components["schemas"]["OnDuty"][];
        };
        ResponseLedger: {
            activations: number;
            /** @description Responses that overlap count each on its own */
            days: number;
            by_level: {
                /** @enum {integer} */
                level: 1 | 2 | 3;
                name: components["schemas"]["Words"];
                activations: number;
                days: number;
            }[];
            by_year: {
                year: number;
                activations: number;
                days: number;
            }[];
        };
        ResponsePreview: {
            path: string;
            area: {
                name: string | null;
                name_en: string | null;
            };
            level_name: components["schemas"]["Words"];
            meeting_name: components["schemas"]["Words"];
            /** @description How many areas of any level it touches */
            areas: number;
            households: number;
            /** @description Open ones inside */
            incidents: number;
            /** @description Filled posts that are convened */
            posts: number;
            convened: components["schemas"]["MeetingConvened"][];
            /** @description The shape that would be switched on, as GeoJSON */
            geometry: Record<string, never>;
        };
        ResponseWhole: {
            response: components["schemas"]["GradedResponse"];
            /** @description From the meeting that it convenes down to the building */
            convened: components["schemas"]["MeetingConvened"][];
            /**
             * Format: date-time
             * @description When these held the posts; null where it is not kept: they hold them now, or it is over and none is told
             */
            convened_at: string | null;
            /** @description The codes of open incidents inside */
            incidents: string[];
        };
        Responsible: {
            /** @enum {string} */
            level: "district" | "street" | "community" | "grid" | "compound" | "building" | "legacy_grid";
            code: string;
            name: string | null;
            name_en: string | null;
            path: string;
        };
        RoadsFeature: {
            /** @constant */
            type: "Feature";
            id: string;
            geometry: components["schemas"]["Geometry"] | null;
            properties: {
                /** Code */
                code: string;
                /** District */
                district: string;
                /** Name */
                name: string | null;
                /** English name */
                name_en: string | null;
                /**
                 * Class
                 * @enum {string|null}
                 */
                kind: "arterial" | "collector" | "lane" | "drive" | "footpath" | null;
                /** Width (m) */
                width_m: number | null;
                /** Walkable */
                walkable: boolean | null;
                /** Drivable */
                drivable: boolean | null;
                /** Other attributes (JSON) */
                extra: unknown;
            };
            links?: components["schemas"]["Link"][];
        };
        RoadsPage: {
            /** @constant */
            type: "FeatureCollection";
            /** Format: date-time */
            timeStamp: string;
            numberMatched: number;
            numberReturned: number;
            links: components["schemas"]["Link"][];
            features: components["schemas"]["RoadsFeature"][];
        };
        SeatConvened: {
            code: string;
            path: string;
            name: string | null;
            name_en: string | null;
            posts: components["schemas"]["PostConvened"][];
            vacant: number;
            /** @description Who comes from above where all of its posts are vacant */
            instead: components["schemas"]["PostConvened"][];
        };
        Session: {
            account: string | null;
            name: string | null;
            /** @enum {string|null} */
            role: "viewer" | "worker" | "dispatcher" | "planner" | "administrator" | null;
            role_name: components["schemas"]["Words"] | null;
            /** @description The areas that bound the account; empty for everything */
            scope: {
                path: string;
                code: string;
                district: string | null;
                name: string | null;
                name_en: string | null;
                level: string | null;
            }[];
            /** @description What changes must bring as X-CSRF-Token; null without a cookie */
            csrf: string | null;
            /** Format: date-time */
            ends_at: string | null;
            open_demo: boolean;
            /** @description Whether a demo plays that the caller may steer */
            playing: boolean;
        };
        StationsFeature: {
            /** @constant */
            type: "Feature";
            id: string;
            geometry: components["schemas"]["Geometry"] | null;
            properties: {
                /** Code */
                code: string;
                /** District */
                district: string;
                /** Name */
                name: string | null;
                /** English name */
                name_en: string | null;
                /**
                 * Tier
                 * @enum {string|null}
                 */
                kind: "district_centre" | "street_centre" | "community_station" | "doorstep" | "micro" | "registration" | "civic_practice" | "shared_space" | "party_service" | "governance" | null;
                /** Functions */
                functions: string | null;
                /** Opening hours */
                opens: string | null;
                /** Responsible area */
                responsible: string | null;
                /** Path */
                path: string | null;
                /** Other attributes (JSON) */
                extra: unknown;
            };
            links?: components["schemas"]["Link"][];
        };
        StationsPage: {
            /** @constant */
            type: "FeatureCollection";
            /** Format: date-time */
            timeStamp: string;
            numberMatched: number;
            numberReturned: number;
            links: components["schemas"]["Link"][];
            features: components["schemas"]["StationsFeature"][];
        };
        Style: {
            /** @constant */
            version: 8;
            sources: Record<string, never>;
            layers: Record<string, never>[];
        };
        Symbol: {
            svg: string;
            width: number;
            height: number;
        };
        Symbols: {
            [key: string]: components["schemas"]["Symbol"];
        };
        TileJson: {
            /** @constant */
            tilejson: "3.0.0";
            tiles: string[];
            vector_layers: Record<string, never>[];
            minzoom?: number;
            maxzoom?: number;
            bounds?: number[];
        };
        TileMatrixSet: {
            id: string;
            crs: string;
            tileMatrices: Record<string, never>[];
        };
        TileMatrixSetEntry: {
            id: string;
            title: string;
            uri: string;
            crs: string;
            links: components["schemas"]["Link"][];
        };
        TileMatrixSets: {
            tileMatrixSets: components["schemas"]["TileMatrixSetEntry"][];
        };
        Tileset: {
            title?: string;
            /** @enum {string} */
            dataType: "vector";
            crs: string;
            tileMatrixSetURI: string;
            links: components["schemas"]["Link"][];
        };
        TilesetEntry: {
            title: string;
            dataType: string;
            crs: string;
            tileMatrixSetURI: string;
            links: components["schemas"]["Link"][];
        };
        Tilesets: {
            links: components["schemas"]["Link"][];
            tilesets: components["schemas"]["TilesetEntry"][];
        };
        TimeLimit: {
            amount: number;
            /** @enum {string} */
            unit: "hours" | "days" | "working_hours" | "working_days";
        };
        Way: {
            seconds: number;
            metres: number;
            /** @description Longitude, latitude */
            line: number[][];
        };
        Words: {
            zh: string;
            en: string;
        };
    };
    responses: {
        /** @description What is wrong, and what to do */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description west,south,east,north in WGS 84 degrees; crosses 180° if west > east. 西,南,东,北（WGS 84 度）；西大于东时跨 180° 经线。 */
        bbox: number[] & (unknown | unknown);
        /** @description An instant or an interval (RFC 3339); .. leaves an end open. 时刻或区间（RFC 3339），.. 表示不限。 */
        datetime: string;
        /** @description How many there may be on a page. 每页最多几条。 */
        limit: number;
        /** @description The key of the page before, taken from its next link. 上一页最后一条的键，取自 next 链接。 */
        after: number;
        /** @description The format of the answer. 格式。 */
        f: "json";
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getLandingPage: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "html";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The way in: links to everything, or the map for a browser */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Landing"];
                    "text/html": string;
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getConformance: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The standards that this server follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conformance"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getDefinition: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The definition of this API (OpenAPI 3.1) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.oai.openapi+json;version=3.1": Record<string, never>;
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the server and its store are well */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is signed in: account, role and areas; role is null for the public */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    login: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Sign in; the answer sets a cookie */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: {
                /** @description What GET /session tells; for callers who come with its cookie */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getDemo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How fast the demo plays; 404 where none does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Demo"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    setDemo: {
        parameters: {
            query?: never;
            header?: {
                /** @description What GET /session tells; for callers who come with its cookie */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    speed: number;
                    paused: boolean;
                };
            };
        };
        responses: {
            /** @description Let the demo play faster or slower, or pause it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Demo"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listDistricts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The districts, their boxes, their towns and their editions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Districts"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    locate: {
        parameters: {
            query: {
                /** @description Longitude in degrees of the datum `crs`. 经度（度，基准见 crs）。 */
                lon: number;
                /** @description Latitude in degrees of the datum `crs`. 纬度（度，基准见 crs）。 */
                lat: number;
                /** @description The datum of the position: wgs84 (the default; satellites), cgcs2000, gcj02 (AMap, Tencent) or bd09 (Baidu). 经纬度的基准：wgs84（默认，卫星定位）、cgcs2000、gcj02（高德、腾讯地图）、bd09（百度地图）。 */
                crs?: "wgs84" | "cgcs2000" | "gcj02" | "bd09";
                /** @description The accuracy of the position, 0 – 5000 metres: the true place lies within this radius with the probability `confidence`; with it each level ranks the areas that may own the place. 定位精度（米，0 – 5000）：真实位置以 confidence 的概率在此半径内；给出后各层级按概率排列候选区域。 */
                accuracy?: number;
                /** @description The probability that `accuracy` stands for, 0.01 – 0.999: 0.68 by default (Android); browsers mean 0.95. 精度的置信度，0.01 – 0.999，默认 0.68（Android）；浏览器的定位精度为 0.95。 */
                confidence?: number;
                /** @description Answer with the editions of this time (RFC 3339 with its zone); a mere day means its end in UTC. 按该时刻有效的版本回答（RFC 3339，须带时区）；只写日期时取当日终了（UTC）。 */
                at?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The owner of a place at every level, and who answers for it. With `accuracy` the areas that may own it come with their probabilities, and `ambiguous` says that the person should be asked. Outside every area `nearest` names the nearest ones and their distance; they do not own the place */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Located"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    locateColumns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LocateColumns"];
            };
        };
        responses: {
            /** @description The owners of up to 100000 places, as columns */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LocatedColumns"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    search: {
        parameters: {
            query: {
                /** @description A name, a code, or “longitude,latitude”. 名称、编码或“经度,纬度”。 */
                q: string;
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
                /** @description How many there may be. 最多几条。 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Find places by name, by code or by position */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hits"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    incidents: {
        parameters: {
            query?: {
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
                /** @description The path of an area, with all below it; may be repeated. 区域路径，含其下级；可重复。 */
                area?: string;
                /** @description A state; may be repeated. 状态，可重复。 */
                state?: "reported" | "filed" | "dispatched" | "on_site" | "handled" | "verified" | "closed" | "returned" | "suspended";
                /** @description A category; may be repeated. 大类，可重复。 */
                category?: "public_safety" | "public_order" | "disputes" | "appearance" | "facilities" | "environment" | "housing" | "people_services" | "markets";
                /** @description A department; may be repeated. 责任部门，可重复。 */
                department?: "urban_management" | "municipal_works" | "sanitation" | "landscaping" | "property_management" | "community" | "police" | "traffic_police" | "fire" | "gas" | "environment" | "housing" | "justice" | "civil_affairs" | "health" | "market_supervision";
                /** @description A priority; may be repeated. 优先级，可重复。 */
                priority?: number;
                /** @description How the clock stands; may be repeated. 时限状态，可重复。 */
                clock?: "running" | "running_out" | "overdue" | "paused" | "stopped";
                /** @description The responder. 处置人员。 */
                responder?: string;
                /** @description The path of the area to whose centre it was escalated; may be repeated. 上报到哪一区域的指挥中心，可重复。 */
                centre?: string;
                /** @description Text of the number, the name or the note. 编号、名称或说明中的文字。 */
                q?: string;
                /** @description west,south,east,north in WGS 84 degrees; crosses 180° if west > east. 西,南,东,北（WGS 84 度）；西大于东时跨 180° 经线。 */
                bbox?: components["parameters"]["bbox"];
                /** @description How many there may be on a page. 每页最多几条。 */
                limit?: components["parameters"]["limit"];
                /** @description So many are left out in front. 跳过前若干条。 */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Open and lately closed incidents, the most pressing first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentBoard"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    reportIncident: {
        parameters: {
            query?: never;
            header: {
                /** @description A key of this change alone: sent again with it, it gets the same answer */
                "Idempotency-Key": string;
                /** @description What GET /session tells; for callers who come with its cookie */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lon: number;
                    lat: number;
                    /**
                     * @description What longitudes and latitudes may refer to.
                     * @default wgs84
                     * @enum {string}
                     */
                    crs?: "wgs84" | "cgcs2000" | "gcj02" | "bd09";
                    /** @default null */
                    accuracy?: number | null;
                    /** @default null */
                    confidence?: number | null;
                    kind: string;
                    /** @default null */
                    note?: string | null;
                    /** @default null */
                    floor?: number | null;
                    /** @default null */
                    staircase?: number | null;
                    /** @default null */
                    mediator?: ("community_judge" | "legal_adviser" | "peoples_mediator") | null;
                    /** @default null */
                    stated_owner?: string | null;
                };
            };
        };
        responses: {
            /** @description Report an incident: who owns the place, and who is called */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentReported"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    incident: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: string;
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything about one incident, its history and what is next */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    stepIncident: {
        parameters: {
            query?: never;
            header: {
                /** @description A key of this change alone: sent again with it, it gets the same answer */
                "Idempotency-Key": string;
                /** @description The ETag of the version that is changed */
                "If-Match": string;
                /** @description What GET /session tells; for callers who come with its cookie */
                "X-CSRF-Token"?: string;
            };
            path: {
                district: string;
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What a person does with an incident.
                     * @enum {string}
                     */
                    act: "report" | "file" | "dispatch" | "arrive" | "handle" | "rework" | "verify" | "close" | "ask_return" | "ask_suspension" | "ask_extension" | "approve" | "decline" | "withdraw" | "resume" | "escalate" | "merge" | "move" | "reopen" | "mediate" | "note" | "take_back";
                    /** @default null */
                    reason?: string | null;
                    /** @default null */
                    responder?: string | null;
                    /** @default null */
                    department?: ("urban_management" | "municipal_works" | "sanitation" | "landscaping" | "property_management" | "community" | "police" | "traffic_police" | "fire" | "gas" | "environment" | "housing" | "justice" | "civil_affairs" | "health" | "market_supervision") | null;
                    /** @default null */
                    into?: string | null;
                    /** @default null */
                    extension?: {
                        amount: number;
                        /**
                         * @description What a time limit is counted in. A working day is as many working hours as the calendar's day has.
                         * @enum {string}
                         */
                        unit: "hours" | "days" | "working_hours" | "working_days";
                    } | null;
                    /** @default null */
                    position?: {
                        lon: number;
                        lat: number;
                        /**
                         * @description What longitudes and latitudes may refer to.
                         * @default wgs84
                         * @enum {string}
                         */
                        crs?: "wgs84" | "cgcs2000" | "gcj02" | "bd09";
                        /** @default null */
                        accuracy?: number | null;
                        /** @default null */
                        confidence?: number | null;
                    } | null;
                    /** @default null */
                    mediator?: ("community_judge" | "legal_adviser" | "peoples_mediator") | null;
                };
            };
        };
        responses: {
            /** @description Take a step of an incident's life */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentStepped"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    eventList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event list of a district that is in force */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventList"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    incidentClusters: {
        parameters: {
            query: {
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
                /** @description The path of an area, with all below it; may be repeated. 区域路径，含其下级；可重复。 */
                area?: string;
                /** @description A state; may be repeated. 状态，可重复。 */
                state?: "reported" | "filed" | "dispatched" | "on_site" | "handled" | "verified" | "closed" | "returned" | "suspended";
                /** @description A category; may be repeated. 大类，可重复。 */
                category?: "public_safety" | "public_order" | "disputes" | "appearance" | "facilities" | "environment" | "housing" | "people_services" | "markets";
                /** @description A department; may be repeated. 责任部门，可重复。 */
                department?: "urban_management" | "municipal_works" | "sanitation" | "landscaping" | "property_management" | "community" | "police" | "traffic_police" | "fire" | "gas" | "environment" | "housing" | "justice" | "civil_affairs" | "health" | "market_supervision";
                /** @description A priority; may be repeated. 优先级，可重复。 */
                priority?: number;
                /** @description How the clock stands; may be repeated. 时限状态，可重复。 */
                clock?: "running" | "running_out" | "overdue" | "paused" | "stopped";
                /** @description The responder. 处置人员。 */
                responder?: string;
                /** @description The path of the area to whose centre it was escalated; may be repeated. 上报到哪一区域的指挥中心，可重复。 */
                centre?: string;
                /** @description Text of the number, the name or the note. 编号、名称或说明中的文字。 */
                q?: string;
                /** @description west,south,east,north in WGS 84 degrees; crosses 180° if west > east. 西,南,东,北（WGS 84 度）；西大于东时跨 180° 经线。 */
                bbox?: components["parameters"]["bbox"];
                /** @description The zoom of the map, whose world is 512 pixels wide at 0. 地图缩放级别，世界在 0 级宽 512 像素。 */
                zoom: number;
                /** @description With counts for a heat map. 同时给出热力图的计数。 */
                heat?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Incidents gathered by cells, never across a boundary in work */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentClusters"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    incidentStatistics: {
        parameters: {
            query?: {
                /** @description What incidents are grouped by; by default areas. 按什么分组；默认按区域。 */
                by?: "area" | "category" | "department" | "week" | "item";
                /** @description The level of the areas; by default the one below the chosen area. 按区域分组时的层级；默认为所选区域的下一级。 */
                level?: "district" | "street" | "community" | "grid" | "compound";
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
                /** @description The path of an area, with all below it; may be repeated. 区域路径，含其下级；可重复。 */
                area?: string;
                /** @description A category; may be repeated. 大类，可重复。 */
                category?: "public_safety" | "public_order" | "disputes" | "appearance" | "facilities" | "environment" | "housing" | "people_services" | "markets";
                /** @description A department; may be repeated. 责任部门，可重复。 */
                department?: "urban_management" | "municipal_works" | "sanitation" | "landscaping" | "property_management" | "community" | "police" | "traffic_police" | "fire" | "gas" | "environment" | "housing" | "justice" | "civil_affairs" | "health" | "market_supervision";
                /** @description An item of the event list; may be repeated. 事项编号，可重复。 */
                item?: string;
                /** @description The first day, in the districts' own time. 第一天（区县当地日期）。 */
                from?: string;
                /** @description The day after the last one, in the districts' own time. 截止日的次日（区县当地日期）。 */
                to?: string;
                /** @description The format of the answer. 格式。 */
                f?: "json" | "csv" | "parquet";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Statistics of incidents: counts, times and overdue shares by area, category, department, week or item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentStatistics"];
                    "text/csv; charset=utf-8": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    near: {
        parameters: {
            query?: {
                /** @description How the way is gone. 步行或驾车。 */
                mode?: "walking" | "driving";
            };
            header?: never;
            path: {
                district: string;
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who and what is near an incident, by the streets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NearIncident"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    setDuty: {
        parameters: {
            query?: never;
            header?: {
                /** @description What GET /session tells; for callers who come with its cookie */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    on_duty: boolean;
                    /** @default null */
                    district?: string | null;
                    /** @default null */
                    department?: ("urban_management" | "municipal_works" | "sanitation" | "landscaping" | "property_management" | "community" | "police" | "traffic_police" | "fire" | "gas" | "environment" | "housing" | "justice" | "civil_affairs" | "health" | "market_supervision") | null;
                };
            };
        };
        responses: {
            /** @description Come on duty, or go off it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Duty"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    setPosition: {
        parameters: {
            query?: never;
            header?: {
                /** @description What GET /session tells; for callers who come with its cookie */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lon: number;
                    lat: number;
                    /**
                     * @description What longitudes and latitudes may refer to.
                     * @default wgs84
                     * @enum {string}
                     */
                    crs?: "wgs84" | "cgcs2000" | "gcj02" | "bd09";
                    /** @default null */
                    accuracy?: number | null;
                    /** @default null */
                    confidence?: number | null;
                };
            };
        };
        responses: {
            /** @description Say where one is: kept on duty only, and for a day */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Duty"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    responders: {
        parameters: {
            query?: {
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
                /** @description The path of an area, with all below it; may be repeated. 区域路径，含其下级；可重复。 */
                area?: string;
                /** @description How many there may be on a page. 每页最多几条。 */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is on duty, and where they were seen last */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Responders"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    operationsMap: {
        parameters: {
            query?: {
                /** @description The format. 格式。 */
                f?: "pdf" | "png";
                /** @description The paper. 纸张。 */
                paper?: "a3" | "a4";
                /** @description Which way the sheet hangs. 纸张方向。 */
                orientation?: "landscape" | "portrait";
                /** @description The language; by default the browser's. 语言；默认按浏览器。 */
                lang?: "zh" | "en";
                /** @description Dots per inch of a picture. 图片每英寸点数。 */
                dpi?: number;
                /** @description Which page a picture shows. 图片为第几页。 */
                page?: number;
            };
            header?: never;
            path: {
                district: string;
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operations map of an area, to print */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                    "image/png": string;
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    photos: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: string;
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The photos of an incident, without their bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Photos"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    addPhoto: {
        parameters: {
            query?: never;
            header: {
                /** @description A key of this change alone: sent again with it, it gets the same answer */
                "Idempotency-Key": string;
                /** @description What GET /session tells; for callers who come with its cookie */
                "X-CSRF-Token"?: string;
            };
            path: {
                district: string;
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/jpeg": string;
                "image/png": string;
                "image/webp": string;
            };
        };
        responses: {
            /** @description Add a photo: a JPEG, PNG or WebP, of which only what it shows is kept, not where it was taken */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Photo"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    photo: {
        parameters: {
            query?: {
                /** @description small: no longer than a thumb's width, for lists. small：缩略图。 */
                size?: "small";
            };
            header?: never;
            path: {
                district: string;
                code: string;
                photo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One photo, as a JPEG */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    responses: {
        parameters: {
            query?: {
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Graded responses, those on and those past, and their ledger */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradedResponses"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    switchOnResponse: {
        parameters: {
            query?: never;
            header: {
                /** @description A key of this change alone: sent again with it, it gets the same answer */
                "Idempotency-Key": string;
                /** @description What GET /session tells; for callers who come with its cookie */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    district: string;
                    /**
                     * @description How serious a response is; I is the most serious.
                     * @enum {integer}
                     */
                    level: 1 | 2 | 3;
                    /** @default null */
                    area?: string | null;
                    /** @default null */
                    circle?: {
                        lon: number;
                        lat: number;
                        radius_m: number;
                    } | null;
                    /** @default null */
                    polygon?: number[][] | null;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Switch a graded response on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradedResponse"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    responsesLedger: {
        parameters: {
            query?: {
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ledger of graded responses as CSV */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    previewResponse: {
        parameters: {
            query?: never;
            header?: {
                /** @description What GET /session tells; for callers who come with its cookie */
                "X-CSRF-Token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    district: string;
                    /**
                     * @description How serious a response is; I is the most serious.
                     * @enum {integer}
                     */
                    level: 1 | 2 | 3;
                    /** @default null */
                    area?: string | null;
                    /** @default null */
                    circle?: {
                        lon: number;
                        lat: number;
                        radius_m: number;
                    } | null;
                    /** @default null */
                    polygon?: number[][] | null;
                };
            };
        };
        responses: {
            /** @description What a response would mean: who is convened, what is inside */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResponsePreview"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    response: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                district: string;
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One graded response: who is convened, the incidents inside */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResponseWhole"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    switchOffResponse: {
        parameters: {
            query?: never;
            header: {
                /** @description A key of this change alone: sent again with it, it gets the same answer */
                "Idempotency-Key": string;
                /** @description The ETag of the version that is changed */
                "If-Match": string;
                /** @description What GET /session tells; for callers who come with its cookie */
                "X-CSRF-Token"?: string;
            };
            path: {
                district: string;
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    report: string;
                };
            };
        };
        responses: {
            /** @description Switch a graded response off, with its report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradedResponse"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    events: {
        parameters: {
            query?: {
                /** @description Begin behind this event; Last-Event-ID says it too, and counts first. 从该事件之后开始。 */
                after?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What happens to incidents, as it happens; resumes from Last-Event-ID */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listLayers: {
        parameters: {
            query?: {
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The layers, their legends and counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Layers"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getStyle: {
        parameters: {
            query?: {
                /** @description The language: zh or en. 语言：zh 或 en。 */
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                theme: "dark" | "light";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The style of the map, for MapLibre */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Style"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getSymbols: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                theme: "dark" | "light";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The symbols that the style names, as SVG */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Symbols"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listCollections: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The collections that can be read */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collections"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    describeAreas: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Areas: what the collection holds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    describeCompounds: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Compounds: what the collection holds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    describeBuildings: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Buildings: what the collection holds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    describeStations: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stations: what the collection holds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    describeIncidents: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Incidents: what the collection holds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    describeCameras: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Camera sites: what the collection holds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    describeRoads: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Roads: what the collection holds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    describeAssets: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Assets: what the collection holds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    describeGround: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ground: what the collection holds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listAreas: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description west,south,east,north in WGS 84 degrees; crosses 180° if west > east. 西,南,东,北（WGS 84 度）；西大于东时跨 180° 经线。 */
                bbox?: components["parameters"]["bbox"];
                /** @description An instant or an interval (RFC 3339); .. leaves an end open. 时刻或区间（RFC 3339），.. 表示不限。 */
                datetime?: components["parameters"]["datetime"];
                /** @description How many there may be on a page. 每页最多几条。 */
                limit?: components["parameters"]["limit"];
                /** @description The key of the page before, taken from its next link. 上一页最后一条的键，取自 next 链接。 */
                after?: components["parameters"]["after"];
                /** @description Code. 编码。 */
                code?: string[];
                /** @description District. 区县。 */
                district?: string[];
                /** @description Name. 名称。 */
                name?: string[];
                /** @description English name. 英文名称。 */
                name_en?: string[];
                /** @description Tree. 层级树。 */
                tree?: string[];
                /** @description Level. 层级。 */
                level?: ("district" | "street" | "community" | "grid" | "compound" | "building" | "legacy_grid")[];
                /** @description Parent. 上级。 */
                parent?: string[];
                /** @description Kind. 类别。 */
                kind?: string[];
                /** @description Management. 管理方式。 */
                management?: ("property_company" | "owners" | "community" | "none")[];
                /** @description Model community. 示范。 */
                model?: boolean[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Areas, page by page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["AreasPage"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getAreasItem: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
                /** @description A tree of areas, such as main. 层级树，如 main。 */
                tree?: string;
            };
            header?: never;
            path: {
                /** @description The code of the feature, which is its id */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of areas by its code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["AreasFeature"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getAreasQueryables: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The properties by which areas can be filtered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": components["schemas"]["Queryables"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listCompounds: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description west,south,east,north in WGS 84 degrees; crosses 180° if west > east. 西,南,东,北（WGS 84 度）；西大于东时跨 180° 经线。 */
                bbox?: components["parameters"]["bbox"];
                /** @description An instant or an interval (RFC 3339); .. leaves an end open. 时刻或区间（RFC 3339），.. 表示不限。 */
                datetime?: components["parameters"]["datetime"];
                /** @description How many there may be on a page. 每页最多几条。 */
                limit?: components["parameters"]["limit"];
                /** @description The key of the page before, taken from its next link. 上一页最后一条的键，取自 next 链接。 */
                after?: components["parameters"]["after"];
                /** @description Code. 编码。 */
                code?: string[];
                /** @description District. 区县。 */
                district?: string[];
                /** @description Name. 名称。 */
                name?: string[];
                /** @description English name. 英文名称。 */
                name_en?: string[];
                /** @description Tree. 层级树。 */
                tree?: string[];
                /** @description Level. 层级。 */
                level?: ("district" | "street" | "community" | "grid" | "compound" | "building" | "legacy_grid")[];
                /** @description Parent. 上级。 */
                parent?: string[];
                /** @description Kind. 类别。 */
                kind?: string[];
                /** @description Management. 管理方式。 */
                management?: ("property_company" | "owners" | "community" | "none")[];
                /** @description Model community. 示范。 */
                model?: boolean[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Compounds, page by page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["CompoundsPage"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getCompoundsItem: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
                /** @description A tree of areas, such as main. 层级树，如 main。 */
                tree?: string;
            };
            header?: never;
            path: {
                /** @description The code of the feature, which is its id */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of compounds by its code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["CompoundsFeature"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getCompoundsQueryables: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The properties by which compounds can be filtered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": components["schemas"]["Queryables"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listBuildings: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description west,south,east,north in WGS 84 degrees; crosses 180° if west > east. 西,南,东,北（WGS 84 度）；西大于东时跨 180° 经线。 */
                bbox?: components["parameters"]["bbox"];
                /** @description An instant or an interval (RFC 3339); .. leaves an end open. 时刻或区间（RFC 3339），.. 表示不限。 */
                datetime?: components["parameters"]["datetime"];
                /** @description How many there may be on a page. 每页最多几条。 */
                limit?: components["parameters"]["limit"];
                /** @description The key of the page before, taken from its next link. 上一页最后一条的键，取自 next 链接。 */
                after?: components["parameters"]["after"];
                /** @description Code. 编码。 */
                code?: string[];
                /** @description District. 区县。 */
                district?: string[];
                /** @description Name. 名称。 */
                name?: string[];
                /** @description English name. 英文名称。 */
                name_en?: string[];
                /** @description Tree. 层级树。 */
                tree?: string[];
                /** @description Level. 层级。 */
                level?: ("district" | "street" | "community" | "grid" | "compound" | "building" | "legacy_grid")[];
                /** @description Parent. 上级。 */
                parent?: string[];
                /** @description Kind. 类别。 */
                kind?: string[];
                /** @description Management. 管理方式。 */
                management?: ("property_company" | "owners" | "community" | "none")[];
                /** @description Model community. 示范。 */
                model?: boolean[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Buildings, page by page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["BuildingsPage"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getBuildingsItem: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
                /** @description A tree of areas, such as main. 层级树，如 main。 */
                tree?: string;
            };
            header?: never;
            path: {
                /** @description The code of the feature, which is its id */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of buildings by its code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["BuildingsFeature"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getBuildingsQueryables: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The properties by which buildings can be filtered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": components["schemas"]["Queryables"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listStations: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description west,south,east,north in WGS 84 degrees; crosses 180° if west > east. 西,南,东,北（WGS 84 度）；西大于东时跨 180° 经线。 */
                bbox?: components["parameters"]["bbox"];
                /** @description An instant or an interval (RFC 3339); .. leaves an end open. 时刻或区间（RFC 3339），.. 表示不限。 */
                datetime?: components["parameters"]["datetime"];
                /** @description How many there may be on a page. 每页最多几条。 */
                limit?: components["parameters"]["limit"];
                /** @description The key of the page before, taken from its next link. 上一页最后一条的键，取自 next 链接。 */
                after?: components["parameters"]["after"];
                /** @description Code. 编码。 */
                code?: string[];
                /** @description District. 区县。 */
                district?: string[];
                /** @description Name. 名称。 */
                name?: string[];
                /** @description English name. 英文名称。 */
                name_en?: string[];
                /** @description Tier. 层级类别。 */
                kind?: ("district_centre" | "street_centre" | "community_station" | "doorstep" | "micro" | "registration" | "civic_practice" | "shared_space" | "party_service" | "governance")[];
                /** @description Responsible area. 责任区域。 */
                responsible?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stations, page by page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["StationsPage"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getStationsItem: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
            };
            header?: never;
            path: {
                /** @description The code of the feature, which is its id */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of stations by its code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["StationsFeature"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getStationsQueryables: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The properties by which stations can be filtered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": components["schemas"]["Queryables"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listIncidents: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description west,south,east,north in WGS 84 degrees; crosses 180° if west > east. 西,南,东,北（WGS 84 度）；西大于东时跨 180° 经线。 */
                bbox?: components["parameters"]["bbox"];
                /** @description An instant or an interval (RFC 3339); .. leaves an end open. 时刻或区间（RFC 3339），.. 表示不限。 */
                datetime?: components["parameters"]["datetime"];
                /** @description How many there may be on a page. 每页最多几条。 */
                limit?: components["parameters"]["limit"];
                /** @description The key of the page before, taken from its next link. 上一页最后一条的键，取自 next 链接。 */
                after?: components["parameters"]["after"];
                /** @description Code. 编码。 */
                code?: string[];
                /** @description District. 区县。 */
                district?: string[];
                /** @description Name. 名称。 */
                name?: string[];
                /** @description English name. 英文名称。 */
                name_en?: string[];
                /** @description Item. 事项。 */
                kind?: string[];
                /** @description Category. 大类。 */
                category?: string[];
                /** @description State. 状态。 */
                state?: ("reported" | "filed" | "dispatched" | "on_site" | "handled" | "verified" | "closed" | "returned" | "suspended")[];
                /** @description Priority. 优先级。 */
                priority?: number[];
                /** @description Dispute. 纠纷。 */
                dispute?: boolean[];
                /** @description Department. 责任部门。 */
                department?: string[];
                /** @description Responder. 处置人员。 */
                responder?: string[];
                /** @description Responsible area. 责任区域。 */
                responsible?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Incidents, page by page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["IncidentsPage"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getIncidentsItem: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
            };
            header?: never;
            path: {
                /** @description The code of the feature, which is its id */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of incidents by its code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["IncidentsFeature"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getIncidentsQueryables: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The properties by which incidents can be filtered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": components["schemas"]["Queryables"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listCameras: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description west,south,east,north in WGS 84 degrees; crosses 180° if west > east. 西,南,东,北（WGS 84 度）；西大于东时跨 180° 经线。 */
                bbox?: components["parameters"]["bbox"];
                /** @description An instant or an interval (RFC 3339); .. leaves an end open. 时刻或区间（RFC 3339），.. 表示不限。 */
                datetime?: components["parameters"]["datetime"];
                /** @description How many there may be on a page. 每页最多几条。 */
                limit?: components["parameters"]["limit"];
                /** @description The key of the page before, taken from its next link. 上一页最后一条的键，取自 next 链接。 */
                after?: components["parameters"]["after"];
                /** @description Code. 编码。 */
                code?: string[];
                /** @description District. 区县。 */
                district?: string[];
                /** @description Name. 名称。 */
                name?: string[];
                /** @description English name. 英文名称。 */
                name_en?: string[];
                /** @description Device type. 设备类型。 */
                kind?: ("131" | "132")[];
                /** @description State. 状态。 */
                state?: ("online" | "offline" | "fault")[];
                /** @description Mounted at. 安装位置。 */
                place?: ("gate" | "wall_corner" | "entrance" | "path" | "street")[];
                /** @description Compound. 所在小区。 */
                compound?: string[];
                /** @description Responsible area. 责任区域。 */
                responsible?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Camera sites, page by page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["CamerasPage"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getCamerasItem: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
            };
            header?: never;
            path: {
                /** @description The code of the feature, which is its id */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of camera sites by its code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["CamerasFeature"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getCamerasQueryables: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The properties by which camera sites can be filtered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": components["schemas"]["Queryables"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listRoads: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description west,south,east,north in WGS 84 degrees; crosses 180° if west > east. 西,南,东,北（WGS 84 度）；西大于东时跨 180° 经线。 */
                bbox?: components["parameters"]["bbox"];
                /** @description An instant or an interval (RFC 3339); .. leaves an end open. 时刻或区间（RFC 3339），.. 表示不限。 */
                datetime?: components["parameters"]["datetime"];
                /** @description How many there may be on a page. 每页最多几条。 */
                limit?: components["parameters"]["limit"];
                /** @description The key of the page before, taken from its next link. 上一页最后一条的键，取自 next 链接。 */
                after?: components["parameters"]["after"];
                /** @description Code. 编码。 */
                code?: string[];
                /** @description District. 区县。 */
                district?: string[];
                /** @description Name. 名称。 */
                name?: string[];
                /** @description English name. 英文名称。 */
                name_en?: string[];
                /** @description Class. 等级。 */
                kind?: ("arterial" | "collector" | "lane" | "drive" | "footpath")[];
                /** @description Walkable. 可步行。 */
                walkable?: boolean[];
                /** @description Drivable. 可行车。 */
                drivable?: boolean[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Roads, page by page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["RoadsPage"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getRoadsItem: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
            };
            header?: never;
            path: {
                /** @description The code of the feature, which is its id */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of roads by its code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["RoadsFeature"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getRoadsQueryables: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The properties by which roads can be filtered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": components["schemas"]["Queryables"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listAssets: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description west,south,east,north in WGS 84 degrees; crosses 180° if west > east. 西,南,东,北（WGS 84 度）；西大于东时跨 180° 经线。 */
                bbox?: components["parameters"]["bbox"];
                /** @description An instant or an interval (RFC 3339); .. leaves an end open. 时刻或区间（RFC 3339），.. 表示不限。 */
                datetime?: components["parameters"]["datetime"];
                /** @description How many there may be on a page. 每页最多几条。 */
                limit?: components["parameters"]["limit"];
                /** @description The key of the page before, taken from its next link. 上一页最后一条的键，取自 next 链接。 */
                after?: components["parameters"]["after"];
                /** @description Code. 编码。 */
                code?: string[];
                /** @description District. 区县。 */
                district?: string[];
                /** @description Name. 名称。 */
                name?: string[];
                /** @description English name. 英文名称。 */
                name_en?: string[];
                /** @description Kind. 类别。 */
                kind?: ("gate" | "light" | "parking.car" | "parking.two_wheeler" | "bench" | "sports_ground" | "led_screen" | "service_machine" | "recreation")[];
                /** @description Compound. 所在小区。 */
                compound?: string[];
                /** @description Responsible area. 责任区域。 */
                responsible?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Assets, page by page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["AssetsPage"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getAssetsItem: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
            };
            header?: never;
            path: {
                /** @description The code of the feature, which is its id */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of assets by its code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["AssetsFeature"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getAssetsQueryables: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The properties by which assets can be filtered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": components["schemas"]["Queryables"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listGround: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description west,south,east,north in WGS 84 degrees; crosses 180° if west > east. 西,南,东,北（WGS 84 度）；西大于东时跨 180° 经线。 */
                bbox?: components["parameters"]["bbox"];
                /** @description An instant or an interval (RFC 3339); .. leaves an end open. 时刻或区间（RFC 3339），.. 表示不限。 */
                datetime?: components["parameters"]["datetime"];
                /** @description How many there may be on a page. 每页最多几条。 */
                limit?: components["parameters"]["limit"];
                /** @description The key of the page before, taken from its next link. 上一页最后一条的键，取自 next 链接。 */
                after?: components["parameters"]["after"];
                /** @description Code. 编码。 */
                code?: string[];
                /** @description District. 区县。 */
                district?: string[];
                /** @description Name. 名称。 */
                name?: string[];
                /** @description English name. 英文名称。 */
                name_en?: string[];
                /** @description Kind. 类别。 */
                kind?: ("water" | "green" | "block" | "plaza" | "sports" | "farmland" | "structure" | "railway" | "wall" | "tree")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ground, page by page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["GroundPage"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getGroundItem: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "geojson";
                /** @description A district's slug, such as luxian. 区县的简称，如 luxian。 */
                district?: string;
            };
            header?: never;
            path: {
                /** @description The code of the feature, which is its id */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of ground by its code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["GroundFeature"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getGroundQueryables: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The properties by which ground can be filtered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": components["schemas"]["Queryables"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listTileMatrixSets: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tile matrix sets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TileMatrixSets"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getWebMercatorQuad: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tile matrix set WebMercatorQuad */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TileMatrixSet"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listAreasTilesets: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Areas: the sets of tiles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tilesets"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getAreasTileset: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "tilejson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Areas: the set of tiles, or its TileJSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tileset"] | components["schemas"]["TileJson"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getAreasTile: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "mvt";
                /** @description The version of the content, taken from a style or TileJSON. 内容的版本，取自样式或 TileJSON。 */
                v?: string;
            };
            header?: never;
            path: {
                tileMatrix: number;
                tileRow: number;
                tileCol: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Areas: a vector tile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            /** @description An empty tile */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listCompoundsTilesets: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Compounds: the sets of tiles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tilesets"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getCompoundsTileset: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "tilejson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Compounds: the set of tiles, or its TileJSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tileset"] | components["schemas"]["TileJson"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getCompoundsTile: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "mvt";
                /** @description The version of the content, taken from a style or TileJSON. 内容的版本，取自样式或 TileJSON。 */
                v?: string;
            };
            header?: never;
            path: {
                tileMatrix: number;
                tileRow: number;
                tileCol: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Compounds: a vector tile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            /** @description An empty tile */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listBuildingsTilesets: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Buildings: the sets of tiles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tilesets"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getBuildingsTileset: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "tilejson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Buildings: the set of tiles, or its TileJSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tileset"] | components["schemas"]["TileJson"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getBuildingsTile: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "mvt";
                /** @description The version of the content, taken from a style or TileJSON. 内容的版本，取自样式或 TileJSON。 */
                v?: string;
            };
            header?: never;
            path: {
                tileMatrix: number;
                tileRow: number;
                tileCol: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Buildings: a vector tile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            /** @description An empty tile */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listGroundTilesets: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ground: the sets of tiles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tilesets"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getGroundTileset: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "tilejson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ground: the set of tiles, or its TileJSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tileset"] | components["schemas"]["TileJson"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getGroundTile: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "mvt";
                /** @description The version of the content, taken from a style or TileJSON. 内容的版本，取自样式或 TileJSON。 */
                v?: string;
            };
            header?: never;
            path: {
                tileMatrix: number;
                tileRow: number;
                tileCol: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ground: a vector tile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            /** @description An empty tile */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listRoadsTilesets: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Roads: the sets of tiles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tilesets"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getRoadsTileset: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "tilejson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Roads: the set of tiles, or its TileJSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tileset"] | components["schemas"]["TileJson"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getRoadsTile: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "mvt";
                /** @description The version of the content, taken from a style or TileJSON. 内容的版本，取自样式或 TileJSON。 */
                v?: string;
            };
            header?: never;
            path: {
                tileMatrix: number;
                tileRow: number;
                tileCol: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Roads: a vector tile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            /** @description An empty tile */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listStationsTilesets: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stations: the sets of tiles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tilesets"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getStationsTileset: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "tilejson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stations: the set of tiles, or its TileJSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tileset"] | components["schemas"]["TileJson"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getStationsTile: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "mvt";
                /** @description The version of the content, taken from a style or TileJSON. 内容的版本，取自样式或 TileJSON。 */
                v?: string;
            };
            header?: never;
            path: {
                tileMatrix: number;
                tileRow: number;
                tileCol: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stations: a vector tile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            /** @description An empty tile */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listCirclesTilesets: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Service circles: the sets of tiles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tilesets"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getCirclesTileset: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "tilejson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Service circles: the set of tiles, or its TileJSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tileset"] | components["schemas"]["TileJson"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getCirclesTile: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "mvt";
                /** @description The version of the content, taken from a style or TileJSON. 内容的版本，取自样式或 TileJSON。 */
                v?: string;
            };
            header?: never;
            path: {
                tileMatrix: number;
                tileRow: number;
                tileCol: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Service circles: a vector tile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            /** @description An empty tile */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listIncidentsTilesets: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Incidents: the sets of tiles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tilesets"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getIncidentsTileset: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "tilejson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Incidents: the set of tiles, or its TileJSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tileset"] | components["schemas"]["TileJson"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getIncidentsTile: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "mvt";
                /** @description The version of the content, taken from a style or TileJSON. 内容的版本，取自样式或 TileJSON。 */
                v?: string;
            };
            header?: never;
            path: {
                tileMatrix: number;
                tileRow: number;
                tileCol: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Incidents: a vector tile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            /** @description An empty tile */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listCamerasTilesets: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Camera sites: the sets of tiles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tilesets"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getCamerasTileset: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "tilejson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Camera sites: the set of tiles, or its TileJSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tileset"] | components["schemas"]["TileJson"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getCamerasTile: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "mvt";
                /** @description The version of the content, taken from a style or TileJSON. 内容的版本，取自样式或 TileJSON。 */
                v?: string;
            };
            header?: never;
            path: {
                tileMatrix: number;
                tileRow: number;
                tileCol: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Camera sites: a vector tile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            /** @description An empty tile */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    listAssetsTilesets: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: components["parameters"]["f"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Assets: the sets of tiles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tilesets"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getAssetsTileset: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "json" | "tilejson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Assets: the set of tiles, or its TileJSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tileset"] | components["schemas"]["TileJson"];
                };
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    getAssetsTile: {
        parameters: {
            query?: {
                /** @description The format of the answer. 格式。 */
                f?: "mvt";
                /** @description The version of the content, taken from a style or TileJSON. 内容的版本，取自样式或 TileJSON。 */
                v?: string;
            };
            header?: never;
            path: {
                tileMatrix: number;
                tileRow: number;
                tileCol: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Assets: a vector tile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                };
            };
            /** @description An empty tile */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What the caller holds still stands */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
}
